"""Words that tell a calling, an employer, a school and a degree from one another."""

import re


def _words(text: str) -> str:
    """Words as alternatives of a pattern, the longest first."""
    return "|".join(sorted(text.split(), key=len, reverse=True))


_TITLES = _words(
    """
    engineer developer programmer architect manager director president officer analyst consultant designer
    scientist researcher specialist administrator coordinator associate assistant intern trainee apprentice lead
    head chief founder cofounder owner partner principal executive supervisor teacher lecturer professor tutor
    instructor trainer nurse doctor physician surgeon pharmacist therapist dentist midwife paramedic caregiver
    carer technician mechanic electrician plumber welder carpenter machinist operator driver courier clerk
    secretary receptionist cashier accountant auditor bookkeeper controller treasurer economist actuary lawyer
    attorney solicitor paralegal counsel judge editor writer journalist author copywriter translator interpreter
    photographer illustrator artist animator producer musician actor strategist planner buyer merchandiser seller
    salesperson salesman representative agent broker recruiter advisor adviser chef cook baker waiter waitress
    barista bartender housekeeper cleaner guard firefighter soldier sergeant captain pilot sailor farmer gardener
    fellow postdoc student freelancer contractor volunteer mentor coach evangelist advocate ambassador maintainer
    tester statistician mathematician physicist chemist biologist psychologist counselor counsellor librarian
    curator foreman inspector surveyor estimator dispatcher handler packer picker tailor hairdresser stylist
    novelist councilor councillor cto ceo cfo coo cio cmo ciso cpo vp svp evp swe sre sdet qa internship
    werkstudent praktikant praktikum aushilfe chairman chairwoman chairperson chair ombudsman member steward
    stewardess registrar dean rector superintendent employee worker labourer laborer helper host hostess attendant
    guide geologist ecologist scrum webmaster
    """
)
# German callings are often one word with what they are about.
_ENDINGS = _words(
    """
    ingenieur entwickler programmierer leiter berater verkäufer kaufmann kauffrau fachfrau fachmann fachkraft
    lehrer pfleger schwester arzt ärztin techniker mechaniker mechatroniker elektriker elektroniker informatiker
    redakteur sachbearbeiter assistent referent geschäftsführer wissenschaftler forscher mitarbeiter gestalter
    koch köchin fahrer architekt analytiker administrator koordinator dozent erzieher betreuer helfer meister
    gründer ingénieur développeur développeuse responsable chargé directeur directrice stagiaire consultante
    gestionnaire ingeniero ingeniera desarrollador desarrolladora gerente jefe profesor profesora abogado analista
    ontwikkelaar medewerker adviseur beheerder
    """
)
TITLE = re.compile(
    rf"\b(?:{_TITLES})s?\b|"
    rf"(?:{_ENDINGS})(?:in|innen|[*:/_-]in|\(in\))?\b|"
    r"\b(?:co-founder|sales|human resources business partner)\b(?!\s*\w*force)|"
    # Chinese, Japanese and Korean set no space between words; Arabic and Hebrew have a form for women.
    r"工程[师師]|[经經]理|主管|[总總][监監]|[设設][计計][师師]|研究[员員]|教[师師]|[护護]士|[会會][计計][师師]?|[顾顧][问問]|"
    r"助理|[实實][习習]生|分析[师師]|エンジニア|マネージャー|デザイナー|コンサルタント|プログラマー|看護師|課長|部長|係長|"
    r"개발자|엔지니어|디자이너|매니저|과장|대리|팀장|부장|연구원|간호사|교사|컨설턴트|"
    r"\b(?:مهندس|مبرمج|مطور|مدير|محاسب|معلم|ممرض|مصمم|محلل|طبيب|باحث|مساعد|مستشار|مشرف)ة?\b|"
    r"\b(?:מהנדס|מתכנת|מנהל|מורה|מעצב|יועץ|חוקר|עוזר|רופא)(?:ת|ית)?\b|\b(?:מפתח(?:ת)?|אחות|אח)\b",
    re.IGNORECASE,
)
COMPANY = re.compile(
    r"\b(?:inc|incorporated|llc|l\.l\.c|ltd|limited|plc|gmbh|ag|kg|ug|se|sa|s\.a|sarl|sas|bv|b\.v|nv|ab|as|asa|oy|oyj|"
    r"aps|spa|s\.p\.a|srl|pty|pte|pvt|corp|corporation|co|company|e\.?v|mbh|kgaa|group|gruppe|holdings?|bank|sparkasse|"
    r"insurance|versicherung|technologies|technology|solutions|systems|software|labs?|laborator(?:y|ies)|studios?|"
    r"university|universität|universitätsklinikum|hochschule|college|school|schule|institut|institute|academy|hospital|klinik|klinikum|clinic|"
    r"council|commission|ministry|ministerium|agency|agentur|foundation|stiftung|association|verband|consulting|"
    r"partners|ventures|capital|media|network|networks|industries|enterprises|services|international|global|"
    r"department of|county|airlines?|motors|energy|pharma|health|healthcare|research|interactive|entertainment|"
    r"infirmary|hospice|nhs|trust|surgery|stadtwerke|museum|theatre|theater|"
    r"restaurant|hotel|store|shop|mairie|city of|stadt)\b\.?|"
    r"公司|株式[会會]社|集[团團]|[银銀]行|[医醫病]院|주식회사|은행|병원|\b(?:شركة|مؤسسة|مستشفى|بنك|חברת|בנק)\b|בע[\"״]מ",
    re.IGNORECASE,
)
INSTITUTION = re.compile(
    r"universit|universidad|università|üniversite|college|school|institut|academy|akademie|hochschule|polytechni|"
    r"politec|politécn|école|ecole|escuela|gymnasium|berufskolleg|lyc[ée]e|liceo|conservator|faculty|seminary|\bschule|"
    r"schule\b|"
    r"\b(?:mit|eth|epfl|caltech|ucla|ucl|nyu|tu|fu|hu|lmu|kit|rwth|iit|nit|iiit|iim|uc|lse|hec|insead|suny|cuny|udemy|"
    r"coursera|edx|bootcamp|ihk|vhs|rmit|unsw|georgia tech|virginia tech)\b|大学|学院|大學|學院|高等学校|"
    r"대학교|고등학교|\b(?:جامعة|كلية|معهد|مدرسة|אוניברסיט[הת]|מכלל[הת]|הטכניון)\b",
    re.IGNORECASE,
)
DEGREE = re.compile(
    r"(?<![\w.])(?:(?:associate|bachelor|master|doctor|doctorate|magister|licen[cs]e|licenciatura|licentiate|laurea)"
    r"(?:['’]?s)?(?:\s+degree)?(?:\s+of\s+(?:science|arts|engineering|laws?|business administration|fine arts|"
    r"education|technology|medicine|philosophy|music|commerce|architecture|nursing|public health|applied science|"
    r"social work|computer applications|design|public administration|applied science))?|"
    r"b\.?\s?sc|m\.?\s?sc|b\.?a|m\.?a|b\.?s|m\.?s|b\.?eng|m\.?eng|b\.?e|m\.?e|b\.?tech|m\.?tech|b\.?com|m\.?com|"
    r"b\.?ed|m\.?ed|b\.?b\.?a|m\.?b\.?a|ph\.?\s?d|d\.?phil|m\.?phil|ll\.?b|ll\.?m|j\.?d|m\.?d|a\.?a\.?s|a\.?s|a\.?a|"
    r"m\.?p\.?h|b\.?s\.?n|m\.?s\.?n|m\.?s\.?w|b\.?f\.?a|m\.?f\.?a|m\.?p\.?a|edd|"
    r"dipl(?:om|oma|\.)?(?:[- ](?:ing|inf|kfm|math|phys|psych|ingenieur(?:in)?|informatiker(?:in)?)\.?)?|"
    r"postgraduate (?:diploma|certificate)|higher national diploma|hnd|hnc|foundation degree|law license|"
    r"staatsexamen|promotion|abitur|fachabitur|fachhochschulreife|allgemeine hochschulreife|realschulabschluss|matura|"
    r"baccalaur[ée]at|bac|a[- ]levels?|gcses?|ged|high school diploma|high school|secondary school|btec|"
    r"meisterbrief|gesellenbrief|facharbeiterbrief|berufsausbildung|ausbildung|lehre|umschulung|apprenticeship|certificate|zertifikat|minor|major|"
    r"doktor\w*|dr\. \w+\. \w+\.|habilitation|mestrado|grado|máster|بكالوريوس|ماجستير|دكتوراه|תואר ראשון|תואר שני|"
    r"דוקטורט)(?![\w])\.?(?:\s*\(hons?\.?\)|\s+hons?\b\.?)?|"
    r"(?:[学學]士|[硕碩]士|修士|博士)(?:研究生)?|本科|학사|석사|박사",
    re.IGNORECASE,
)
# Two letters mean a degree only as people write degrees: "BS", "B.A.", never "as" or "me".
_CASED = re.compile(r"[a-z]{1,2}\.?|[A-Z][a-z]")
_KIND = re.compile(
    r"(?:full[- ]?time|part[- ]?time|contract|contractor|freelance|self[- ]employed|temporary|permanent|internship|"
    r"apprenticeship|seasonal|remote|hybrid|on-?site|vollzeit|teilzeit|befristet|unbefristet|home ?office|"
    r"\d+\s*%|cdi|cdd|stage)(?:\s*(?:position|role))?",
    re.IGNORECASE,
)
_DURATION = re.compile(
    r"[(\[]?\s*(?:(?:about|ca\.?|over|>|<|~)\s*)?\d+(?:[.,]\d+)?\s*\+?\s*(?:years?|yrs?|y|jahre?n?|ans?|años?|months?|"
    r"mos?|monate?n?|mois|meses|weeks?|wochen?)\.?(?:\s*(?:,|and|und|et)?\s*\d+\s*(?:months?|mos?|monate?n?|mois|weeks?)"
    r"\.?)?\s*[)\]]?",
    re.IGNORECASE,
)

ISSUER = re.compile(
    r"(?:(?:amazon(?: web services)?|aws|google(?: cloud)?|microsoft|meta|ibm|oracle|cisco|sap|salesforce|adobe|apple|"
    r"intel|nvidia|vmware|red hat|(?:the )?linux foundation|cncf|cloud native computing foundation|hashicorp|"
    r"databricks|snowflake|mongodb|confluent|elastic|docker|github|gitlab|atlassian|hubspot|tableau|servicenow|comptia|"
    r"\(?isc\)?[2²]|isaca|pmi|project management institute|axelos|peoplecert|scrum\.org|scrum alliance|scaled agile|"
    r"ec-council|offensive security|offsec|giac|sans(?: institute)?|istqb|iiba|cfa institute|acca|iata|ielts|toefl|ets|"
    r"coursera|edx|udemy|udacity|pluralsight|datacamp|codecademy|freecodecamp|linkedin(?: learning)?|hackerrank|"
    r"kaggle|deeplearning\.ai|simplilearn|great learning|nptel|openhpi|ihk|tüv(?: \w+)?|dekra|goethe-institut|"
    r"british council|cambridge (?:english|assessment)|american heart association|american red cross|red cross|"
    r"(?:state|board) of [\w ]+)\.?)",
    re.IGNORECASE,
)


_SCHOOLS = {"大学", "学院", "大學", "學院", "高等学校", "대학교", "고등학교"}


def is_title(text: str) -> bool:
    """Whether the text names a calling."""
    return TITLE.search(text) is not None


def is_company(text: str) -> bool:
    """Whether the text carries a word that employers have in their names."""
    return COMPANY.search(text) is not None


def is_issuer(text: str) -> bool:
    """Whether the text is the name of somebody who is known to give certificates."""
    return ISSUER.fullmatch(text.strip(" ,.;()")) is not None


def degree_in(text: str) -> re.Match[str] | None:
    """Where the text names a degree."""
    for match in DEGREE.finditer(text):
        if len(match.group().strip(".")) > 2 or not _CASED.fullmatch(match.group()):
            return match
    return None


def is_institution(text: str) -> bool:
    """Whether the text names a place of learning."""
    found = INSTITUTION.search(text)
    # The bare word, as a wrapped line may begin with it, names none.
    return found is not None and (found.group().isupper() or len(text.split()) > 1 or found.group() in _SCHOOLS)


def is_kind_of_work(text: str) -> bool:
    """Whether the text says only how somebody is employed: "Full-time", "Remote"."""
    return _KIND.fullmatch(text.strip(" ()[]")) is not None


def without_duration(text: str) -> str:
    """The text without "2 years 3 months", which stands beside the dates that say it; a separator takes its place."""
    bare = _DURATION.sub(" | ", text)
    return bare if bare != text and len(bare.strip(" ,()|·•-–")) < len(text) else text
