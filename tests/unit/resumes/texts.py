"""Resumes of invented people, each written in another of the usual layouts."""

from typing import Final

SIDEBAR: Final = """\
Contact
+44 20 7946 0018 (Mobile)
priya.raman@example.com
www.linkedin.com/in/priya-raman-sample (LinkedIn)
Top Skills
Python
Machine Learning
Kubernetes
Languages
English (Native or Bilingual)
Tamil (Native or Bilingual)
Priya Raman
Machine Learning Engineer at Quillhaven | NLP and search
London, England, United Kingdom
Summary
I build search and recommendation systems that people notice only when they are missing.
Experience
Quillhaven
3 years 4 months
Senior Machine Learning Engineer
March 2022 - Present (2 years 2 months)
London, United Kingdom
Own the ranking models of the shop search.
Brought the latency of inference from 220 ms to 60 ms.
Machine Learning Engineer
January 2021 - March 2022 (1 year 3 months)
London, United Kingdom
Larkspur Analytics
Data Scientist
July 2018 - December 2020 (2 years 6 months)
Manchester, United Kingdom
Page 1 of 2
Education
University of Manchester
Master of Science - MSc, Data Science · (2017 - 2018)
University of Leeds
Bachelor of Science - BS, Mathematics · (2014 - 2017)
"""

GERMAN: Final = """\
Lebenslauf

Persönliche Daten
Name: Anneliese Brandt
Geburtsdatum: 12.03.1988 in Hamburg
Anschrift: Musterstraße 5, 50667 Köln
Telefon: 0221 4710 222
E-Mail: anneliese.brandt@example.de

Berufserfahrung
03/2019 – heute     Teamleiterin Logistik
                    Hanseblick Spedition GmbH, Köln
                    - Führung eines Teams von 14 Mitarbeitenden
                    - Einführung von SAP EWM
09/2014 – 02/2019   Speditionskauffrau
                    Rheinfracht AG, Düsseldorf
                    - Disposition von 60 Fahrzeugen
                    - Angebote und Reklamationen

Ausbildung
08/2011 – 07/2014   Ausbildung zur Kauffrau für Spedition und Logistikdienstleistung
                    Berufskolleg Deutz, Köln
2011                Abitur, Gymnasium Kreuzgasse, Köln

Kenntnisse
SAP EWM, Microsoft Excel, Disposition
Sprachen
Deutsch (Muttersprache), Englisch (B2)
"""

SPACED: Final = """\
J A M E S   O ' C O N N O R
R E G I S T E R E D   N U R S E
Chicago, IL  •  (312) 555-0176  •  james.oconnor@example.com

P R O F I L E
Compassionate registered nurse with eight years in intensive care and a calm voice at three in the morning.

W O R K   E X P E R I E N C E
Lakeshore Memorial Hospital — Charge Nurse, Chicago, IL | June 2020 – Present
• Lead a shift of twelve nurses in a 24-bed unit
• Precept new graduates
St. Brigid Medical Center — Staff Nurse, Evanston, IL | Aug. 2015 to May 2020
• Cared for patients after cardiac surgery

E D U C A T I O N
Bachelor of Science in Nursing, Loyola University Chicago, May 2015

L I C E N S E S   &   C E R T I F I C A T I O N S
RN, State of Illinois; ACLS; BLS
"""

TITLE_AT_COMPANY: Final = """\
Sofia Almeida
Lisbon, Portugal | sofia.almeida@example.com | +351 21 123 4567 | github.com/sofia-almeida-sample

OBJECTIVE:
To work on products for people who do not read manuals.

EMPLOYMENT HISTORY:
Product Designer at Azulejo Labs (Lisbon, Portugal)
Sept. 2018 to date
- Designed the booking flow used by 40,000 guests
- Ran usability tests every second week
Junior Designer at Foxglove & Partners
2016–2018
- Drew icons and a style guide

EDUCATION:
2012 - 2016: BA in Communication Design, University of Porto

SKILLS: Figma, Adobe Illustrator, user research, prototyping
REFERENCES:
Maria Costa, maria.costa@example.org, +351 21 765 4321
"""

LABELLED: Final = """\
CURRICULUM VITAE
Tomasz Zieliński, MSc
ul. Długa 7, 31-146 Kraków, Poland
Tel.: +48 12 345 67 89
tomasz.zielinski@example.pl

PROFESSIONAL EXPERIENCE
Company: Wawel Maszyny Sp. z o.o.
Position: Mechanical Engineer
Period: 01.2017 - 12.2021
\uf0b7 Designed gearboxes in SolidWorks
\uf0b7 Calculated loads by finite elements
Company: Vistula Turbines
Position: Lead Mechanical Engineer
Period: 01.2022 - now
\uf0b7 Leads four engineers

EDUCATION
AGH University of Science and Technology, Kraków
MSc in Mechanical Engineering
2011 - 2016
"""

DATES_FIRST: Final = """\
GRACE MWANGI
Primary School Teacher
Nairobi, Kenya · grace.mwangi@example.com · +254 20 1234567

About Me
I teach children from six to ten to read, to count and to ask.

Career History

2019-01 - Present
Class Teacher, Acacia Grove Primary School, Nairobi
Teaches a class of 34 pupils in all subjects.
Runs the reading club and the school garden.

2015-02 - 2018-12
Assistant Teacher, Lakeview Academy, Kisumu
Supported two classes and stood in for colleagues.

Qualifications
Bachelor of Education, Kenyatta University, 2014
Interests
Long-distance running
"""

COMPANY_FIRST: Final = """\
Daniel Okafor
Full-Stack Developer
daniel.okafor@example.com | 555-0100 | Toronto, ON
https://gitlab.com/daniel-okafor-sample

SKILLS
Languages: JavaScript, TypeScript, Python
Frameworks: React, Node.js

EXPERIENCE
Pebblewright Software                                   Toronto, ON
Full-Stack Developer                                    05/2021 - Present
* Built the scheduling calendar in React and TypeScript
* Moved the API from Express to NestJS
Maple & Main                                            Ottawa, ON
Web Developer                                           06/2018 - 04/2021
* Kept forty shops on WordPress alive

EDUCATION
Carleton University                                     Ottawa, ON
Bachelor of Computer Science                            2014 - 2018
PROJECTS
Trailmap (2020 - 2021)
* A map of cycle paths
"""

DATES_LAST: Final = """\
Amara Nwosu
amara.nwosu@example.com

Experience
Quartzline Robotics, Robotics Engineer
• Wrote the motion planner of an arm that sorts glass
• Tuned controllers on real hardware, at night when nobody else
needed it
Zürich, Switzerland
June 2021 – present
Helvetia Sensors AG, Embedded Software Intern
• Measured drift and wrote it down
Bern, Switzerland
Jan 2020 – Aug 2020
Amara Nwosu - 1/2
Education
ETH Zürich, MSc Robotics
Sept 2018 – May 2021
"""
