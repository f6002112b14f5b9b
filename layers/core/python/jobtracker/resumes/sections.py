"""A resume's sections, found by their headings."""

import re
import unicodedata
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from jobtracker.resumes.lines import ICON, is_bullet


class Kind(StrEnum):
    """What a section tells. HEAD is what stands before the first heading."""

    HEAD = "head"
    CONTACT = "contact"
    SUMMARY = "summary"
    WORK = "work"
    EDUCATION = "education"
    SKILLS = "skills"
    PROJECTS = "projects"
    LANGUAGES = "languages"
    CERTIFICATES = "certificates"
    COURSES = "courses"
    PUBLICATIONS = "publications"
    AWARDS = "awards"
    WORK_RIGHT = "work right"
    REFERENCES = "references"
    OTHER = "other"


_WIDER: Final = 1.5
_NARROWEST: Final = 20
_FEWEST_WIDE: Final = 3


@dataclass(slots=True)
class Section:
    """A heading's kind and the lines under it."""

    kind: Kind
    lines: list[str] = field(default_factory=list)


_HEADINGS: Final = {
    Kind.CONTACT: (
        "contact; contact information; contact details; contact info; contact me; get in touch; "
        "personal information; "
        "personal details; personal data; personal info; details; kontakt; kontaktdaten; persönliche daten; "
        "persönliche angaben; zur person; angaben zur person; coordonnées; informations personnelles; contacto; "
        "contactar; contato; contatti; contactgegevens; 联系方式; 基本信息; 个人信息; 聯絡方式; 個人資料; 連絡先; "
        "個人情報; 연락처; 인적사항; "
        "معلومات الاتصال; بيانات الاتصال; المعلومات الشخصية; البيانات الشخصية; פרטים אישיים; פרטי קשר; "
        "יצירת קשר; "
        "datos personales; links; online presence; social; social media; socials; profiles; online profiles; find me"
    ),
    Kind.SUMMARY: (
        "summary; profile; about; about me; about myself; objective; career objective; professional summary; "
        "executive summary; career summary; professional profile; personal profile; personal statement; overview; "
        "introduction; career profile; summary of qualifications; qualifications summary; who i am; bio; biography; "
        "profil; kurzprofil; über mich; zusammenfassung; berufsprofil; ziel; résumé; profil professionnel; à propos; "
        "perfil; resumen; resumo; extracto; riepilogo; perfil profesional; sobre mí; samenvatting; profiel; "
        "个人简介; 自我评价; welcome; 個人簡介; 自己PR; 職務要約; 자기소개; نبذة; نبذة عني; الملخص; الملخص المهني; "
        "ملخص; "
        "الهدف الوظيفي; תקציר; אודות; על עצמי; פרופיל"
    ),
    Kind.WORK: (
        "experience; work experience; professional experience; employment; employment history; work history; career; "
        "career history; job history; job experience; positions; positions held; professional background; "
        "industry experience; relevant experience; employment experience; work; professional history; "
        "professional career; career experience; experience history; research experience; teaching experience; "
        "clinical experience; academic appointments; internships; internship; internship experience; "
        "berufserfahrung; beruflicher werdegang; werdegang; berufspraxis; praktische erfahrung; praktika; "
        "berufliche erfahrung; beruflicher hintergrund; arbeitserfahrung; "
        "expérience; expériences; expérience professionnelle; expériences professionnelles; parcours professionnel; "
        "experiencia; experiencia laboral; experiencia profesional; werkervaring; esperienza; "
        "esperienza lavorativa; esperienze lavorative; experiência profissional; experiência; ervaring; "
        "工作经历; 工作经验; 实习经历; 实习项目经历; 职业经历; 工作經歷; 工作經驗; 職歴; 職務経歴; 경력; 경력사항; "
        "الخبرة; الخبرات; الخبرة المهنية; "
        "الخبرات المهنية; الخبرة العملية; الخبرات العملية; ניסיון; ניסיון תעסוקתי; ניסיון מקצועי; "
        "ניסיון בעבודה; תעסוקה"
    ),
    Kind.EDUCATION: (
        "education; education and training; academic background; academic history; academic qualifications; "
        "educational background; educational qualifications; education history; academics; studies; degrees; "
        "qualifications; academic education; university education; schooling; formal education; "
        "ausbildung; bildung; bildungsweg; studium; schulbildung; akademischer werdegang; ausbildung und studium; "
        "schulische ausbildung; hochschulausbildung; bildungsgang; formation; formations; études; "
        "formation académique; educación; formación; formación académica; estudios; opleiding; opleidingen; "
        "istruzione; istruzione e formazione; formazione; educação; formação; formação acadêmica; 教育背景; "
        "教育经历; 学历; 學歷; 教育經歷; 学歴; 학력; 학력사항; التعليم; المؤهلات العلمية; المؤهلات الأكاديمية; "
        "الدراسة; השכלה; "
        "לימודים"
    ),
    Kind.SKILLS: (
        "skills; technical skills; key skills; core skills; core competencies; competencies; competences; expertise; "
        "areas of expertise; technologies; tools; tech stack; technology stack; technical expertise; proficiencies; "
        "technical proficiencies; skill set; skillset; strengths; personal skills; professional skills; soft skills; "
        "hard skills; tools and technologies; computer skills; it skills; digital skills; programming languages; "
        "programming skills; skill highlights; stack; technical competencies; technical knowledge; key competencies; "
        "kenntnisse; fähigkeiten; fachkenntnisse; kompetenzen; it kenntnisse; edv kenntnisse; technische kenntnisse; "
        "besondere kenntnisse; kernkompetenzen; skills und kenntnisse; compétences; compétences techniques; "
        "habilidades; aptitudes; vaardigheden; competenze; top skills; top kenntnisse; "
        "principales compétences; aptitudes principales; principais competências; competenze principali; "
        "belangrijkste vaardigheden; 技能; it技能; 专业技能; 專業技能; スキル; 기술; 보유 기술; المهارات; "
        "المهارات التقنية; "
        "المهارات الشخصية; כישורים; מיומנויות; כישורים טכניים"
    ),
    Kind.PROJECTS: (
        "projects; personal projects; selected projects; side projects; key projects; notable projects; open source; "
        "open source projects; open source contributions; academic projects; project experience; portfolio; "
        "featured projects; project work; projekte; eigene projekte; projekterfahrung; ausgewählte projekte; "
        "projets; projets personnels; réalisations; proyectos; proyectos personales; projecten; "
        "eigen projecten; progetti; progetti personali; projetos; projetos pessoais; "
        "项目经历; 项目经验; 个人项目; 專案; プロジェクト; 프로젝트; المشاريع; פרויקטים"
    ),
    Kind.LANGUAGES: (
        "languages; language skills; spoken languages; language; foreign languages; language proficiency; sprachen; "
        "sprachkenntnisse; fremdsprachen; fremdsprachenkenntnisse; langues; langues étrangères; idiomas; talen; "
        "talenkennis; lingue; lingue straniere; competenze linguistiche; línguas; 语言; 语言能力; 外语; "
        "語言能力; 語学; 외국어; اللغات; שפות"
    ),
    Kind.CERTIFICATES: (
        "certifications; certificates; certification; licenses; licences; licenses and certifications; "
        "certifications and licenses; professional certifications; credentials; zertifikate; zertifizierungen; "
        "zertifikate und lizenzen; certificats; certifications professionnelles; certificaciones; certificados; "
        "certificazioni; certificati; certificeringen; certificaten; certificações; 证书; 资格证书; "
        "證照; 資格; 免許資格; 자격증; الشهادات; תעודות; הסמכות"
    ),
    Kind.COURSES: (
        "courses; training; trainings; professional development; professional training; coursework; "
        "relevant coursework; continuing education; online courses; weiterbildung; weiterbildungen; fortbildung; "
        "fortbildungen; kurse; formation continue; formations complémentaires; cursos; cursussen; corsi; 培训; "
        "الدورات; الدورات التدريبية; קורסים; הכשרות"
    ),
    Kind.PUBLICATIONS: (
        "publications; papers; selected publications; journal articles; conference papers; "
        "peer reviewed publications; "
        "publications and talks; veröffentlichungen; publikationen; wissenschaftliche veröffentlichungen; articles; "
        "publicaciones; artículos; publicaties; pubblicazioni; publicações; 发表论文; 论文; 学术论文; "
        "論文; 논문; المنشورات; פרסומים"
    ),
    Kind.AWARDS: (
        "awards; honors; honours; honors and awards; honors awards; "
        "awards and honors; awards and recognition; prizes; scholarships; "
        "grants; fellowships; distinctions; auszeichnungen; preise; stipendien; ehrungen; prix; récompenses; "
        "bourses; "
        "prix et distinctions; premios; premios y reconocimientos; becas; prijzen; onderscheidingen; premi; "
        "riconoscimenti; prêmios; bolsas; 获奖情况; 荣誉; 获奖经历; 奖项; "
        "獲獎; 受賞歴; 수상; 수상 경력; الجوائز; פרסים; מלגות"
    ),
    Kind.WORK_RIGHT: (
        "work authorization; work authorisation; right to work; work permit; visa; visa status; immigration status; "
        "work eligibility; eligibility to work; arbeitserlaubnis; aufenthaltsstatus; aufenthaltstitel; "
        "permis de travail; autorisation de travail; permiso de trabajo; werkvergunning; permesso di lavoro; "
        "autorização de trabalho; 工作许可; 签证状态"
    ),
    Kind.REFERENCES: (
        "references; referees; reference; referenzen; références; referencias; 推荐人; المراجع; المعرفون; ממליצים"
    ),
    Kind.OTHER: (
        "achievements; accomplishments; recognition; "
        "patents; talks; presentations; "
        "speaking; speaking engagements; conferences; memberships; affiliations; "
        "professional affiliations; professional memberships; invited talks; press; volunteer; volunteering; "
        "volunteer experience; volunteer work; volunteering experience; community; community involvement; "
        "community service; leadership; leadership experience; activities; extracurricular activities; "
        "extracurriculars; interests; hobbies; hobbies and interests; personal interests; additional information; "
        "other; other information; miscellaneous; military service; military experience; exhibitions; "
        "extra curricular activities; theses; thesis; dissertation; notes; highlights; key achievements; annexes; "
        "hobbys; interessen; hobbys und interessen; ehrenamt; engagement; "
        "sonstiges; mitgliedschaften; wehrdienst; zivildienst; "
        "centres d'intérêt; loisirs; bénévolat; intereses; voluntariado; "
        "其他; 兴趣爱好"
    ),
}
_ADJECTIVES = re.compile(
    r"(?:(?:professional|relevant|selected|my|key|core|additional|recent|previous|prior|other|further|main|current|"
    r"notable|technical|related|general|special|berufliche|weitere|sonstige|the)\s+)+",
    re.IGNORECASE,
)
_AND = re.compile(r"\s*(?:&|\+|/|,|\band\b|\bund\b|\bet\b|\by\b|\ben\b|\be\b)\s*", re.IGNORECASE)
_DECORATION = f" \t{ICON}:：.|#=*_~-–—―•·■▪►▶❖◆"
_MOST_WORDS = 6


def _key(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in folded if character.isalnum())


_KINDS: Final = {_key(name): kind for kind, names in _HEADINGS.items() for name in names.split("; ")}
# Headings that may open a line whose rest is content: two words that nobody writes side by side otherwise, or one.
_INLINE: Final = {
    Kind.SUMMARY: ("professional summary", "career summary", "executive summary", "career objective", "about me"),
    Kind.WORK: (
        "professional experience", "work experience", "employment history", "work history", "experience",
        "berufserfahrung", "beruflicher werdegang",
    ),
    Kind.EDUCATION: ("education and training", "education", "ausbildung", "studium", "bildungsweg"),
    Kind.SKILLS: ("technical skills", "skills", "kenntnisse"),
    Kind.PROJECTS: ("notable projects", "personal projects", "selected projects", "key projects", "side projects"),
    Kind.CONTACT: ("personal information", "contact", "online presence"),
}  # fmt: skip


def sections_of(lines: list[str]) -> list[Section]:
    """The sections in order, the first of them being HEAD. Headings themselves are left out."""
    found = [Section(Kind.HEAD)]
    standing = {kind for line in lines if (kind := heading(line))}
    for line in lines:
        if kind := heading(line):
            found.append(Section(kind))
        elif opened := _inline(line, standing):
            found.append(Section(opened[0], [opened[1]]))
        else:
            found[-1].lines.append(line)
    return found


def kinds_of(lines: list[str]) -> list[tuple[Kind, bool]]:
    """For each line the section that it stands in, and whether it is that section's heading."""
    standing = {kind for line in lines if (kind := heading(line))}
    found: list[tuple[Kind, bool]] = []
    for line in lines:
        own = heading(line)
        opened = None if own else _inline(line, standing)
        kind = own or (opened[0] if opened else found[-1][0] if found else Kind.HEAD)
        found.append((kind, own is not None))
    return found


def heading(line: str) -> Kind | None:
    """The kind of section that the line opens as a heading of its own, in any case, spaced out or with a colon."""
    if is_bullet(line) and not line.startswith((ICON, "#")) and line[:1] != line[-1:]:
        return None
    written = line.strip(_DECORATION)
    if not written or len(written) > 60 or (len(written.split()) > _MOST_WORDS and len(written.split()[0]) > 1):
        return None
    first = written[0]
    if first.islower() or (line.rstrip().endswith(".") and not written.isupper()):
        return None
    return _kind(written)


def _kind(written: str) -> Kind | None:
    if kind := _KINDS.get(_key(written)):
        return kind
    bare = _ADJECTIVES.sub("", written)
    if kind := _KINDS.get(_key(bare)):
        return kind
    parts = _AND.split(written)
    if len(parts) < 2:
        return None
    kinds = [_KINDS.get(_key(part)) or _KINDS.get(_key(_ADJECTIVES.sub("", part))) for part in parts]
    if kinds[0] is Kind.COURSES and Kind.CERTIFICATES in kinds:
        return Kind.CERTIFICATES
    # "Skills & Awards" is a heading; "Education, Berlin" is a line of an entry.
    return kinds[0] if kinds[0] and (any(kinds[1:]) or "," not in written) else None


def _inline(line: str, standing: set[Kind]) -> tuple[Kind, str] | None:
    """A heading with its content on the same line: after a colon, or, when no heading of that kind stands alone."""
    head, colon, rest = line.partition(":")
    if colon and rest.strip() and (kind := heading(head)) and kind not in standing | {Kind.HEAD, Kind.CONTACT}:
        return kind, rest.strip()
    for kind, names in _INLINE.items():
        if kind in standing:
            continue
        for name in names:
            opened, rest = line[: len(name)], line[len(name) :]
            if _opens(opened, name, rest):
                return kind, rest.strip()
    return None


def _opens(opened: str, name: str, rest: str) -> bool:
    """Whether a line opens with a heading: written as one, and followed by a new beginning."""
    if opened.casefold() != name or not rest.startswith((" ", "\t")):
        return False
    after = rest.strip()
    if opened.isupper():
        return bool(after)
    # "Education Manager" and "Experience with Python" are no headings; a sentence or an institution follows one.
    return opened[0].isupper() and after[:1].isupper() and len(after.split()) >= 4


def wider_column(lines: list[str]) -> int | None:
    """Where a paragraph of another, wider column begins that a narrow column's section ends with, if it does."""
    widest = 0
    for at, line in enumerate(lines):
        rest = lines[at:]
        wide = min(map(len, rest[:-1]), default=0)
        if at and len(rest) >= _FEWEST_WIDE and wide > _WIDER * max(widest, _NARROWEST) and line[:1].isupper():
            return at
        widest = max(widest, len(line))
    return None
