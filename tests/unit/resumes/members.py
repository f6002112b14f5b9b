"""Invented people with a profile on LinkedIn, in four languages of its page."""

from tools.samples.linkedin_profile import Employer, Member, Post, School

_RAN = (
    "Ran the booking service that four hundred small hotels use every day, moved it from one server in a cellar to "
    "three in two towns, and wrote down for those who came after how each of its parts is mended at night"
)

_TEXT = tuple(f"Part {number}. {_RAN}. {_RAN}." for number in range(6))

TESS = Member(
    "Tess Brandvold",
    "Backend engineer at Kestrel Booking | Python, PostgreSQL and Kubernetes | Writes about calm on-call and about "
    "small services that last",
    "Trondheim, Trøndelag, Norway",
    (
        "Fjordgata 12, 7010 Trondheim",
        "+47 406 12 345 (Mobile)",
        "tess.brandvold@example.com",
        "www.linkedin.com/in/tess-brandvold-81a2b4c (LinkedIn)",
        "brandvold.example.com (Portfolio)",
        "notes-on-small-and-quiet-services.example.org (Blog)",
    ),
    (
        Employer(
            "Kestrel Booking",
            (
                Post("Staff Engineer", "2022-03", None, "Trondheim, Norway", (f"{_RAN}.", "• Led four engineers")),
                Post("Senior Engineer", "2019-06", "2022-02", "Trondheim, Norway", ("• Wrote the pricing engine",)),
                Post("Software Engineer", "2018-01", "2019-05", "Ytre Fjellvik"),
            ),
        ),
        Employer(
            "Nordlys Energy Analytics and Long Range Forecasting Group of Southern Norway AS",
            (Post("Data Engineer", "2015-08", "2017-12", "Greater Oslo Region", _TEXT),),
        ),
        Employer("Havn Media", (Post("Intern", "2015", "2015"),)),
    ),
    (
        School(
            "Norwegian University of Science and Technology",
            "Master of Science - MS",
            "Computer Science and Whatever of It a Shipyard May Need to Know",
            "2013 - 2015",
        ),
        School("University of Bergen", "Bachelor's degree", "Mathematics", "2010 - 2013"),
        School("Bergen Cathedral School"),
    ),
    ("Backend engineer who likes boring databases.", "Happy to talk about hotels, ferries and time zones."),
    {
        "skills": ("Python (Programming Language)", "PostgreSQL", "Kubernetes"),
        "languages": ("Norwegian (Native or Bilingual)", "English (Full Professional)", "German (Limited Working)"),
        "certificates": (
            "Certified Kubernetes Administrator", "AWS Certified Solutions Architect – Associate", "First Aid",
        ),
        "awards": ("Speaker of the Year", "Best Paper of the Reliability Days of Trondheim"),
        "publications": ("Calm On-Call for Small Teams",),
        "patents": ("Method of Folding Boats",),
    },
)  # fmt: skip
JURGEN = Member(
    "Jürgen Großmann-Weiß",
    "Schreinermeister",
    "München und Umgebung",
    ("+49 151 23456789 (Mobile)", "www.linkedin.com/in/jürgen-großmann-weiß (LinkedIn)"),
    (
        Employer(
            "Holzwerk Isar",
            (
                Post("Werkstattleiter", "2019-10", None, "München, Bayern, Deutschland", ("Treppen und Türen.",)),
                Post("Schreiner", "2014-03", "2019-09"),
            ),
        ),
    ),
    (School("Meisterschule für Schreiner", "Meisterbrief", "Schreinerhandwerk", "2012 - 2014"),),
    lists={"skills": ("Treppenbau",), "languages": ("Deutsch (Native or Bilingual)",)},
)
ELODIE = Member(
    "Élodie Castaignède",
    "Infirmière coordinatrice chez Clinique des Pins",
    "Bordeaux, Nouvelle-Aquitaine, France",
    ("elodie.castaignede@example.com", "www.linkedin.com/in/elodie-castaignede (LinkedIn)"),
    (
        Employer("Clinique des Pins", (Post("Infirmière coordinatrice", "2020-08", None, "Bordeaux"),)),
        Employer("Soins à Domicile", (Post("Infirmière", "2016-02", "2020-07"),)),
    ),
    summary=("Je coordonne les soins de trente personnes.",),
    lists={"skills": ("Soins infirmiers",), "certificates": ("Gestes et soins d'urgence",)},
)
INIGO = Member(
    "Íñigo Núñez de la Peña",
    "Profesor de física",
    "",
    ("www.linkedin.com/in/inigo-nunez-0b1 (LinkedIn)",),
    (Employer("Instituto del Norte", (Post("Profesor de física", "2018-09", "2023-06", "Bilbao, España"),)),),
    (School("Universidad de Oviedo", "", "Física", "2010 - 2014"),),
)
