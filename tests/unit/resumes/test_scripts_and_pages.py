"""Resumes in other scripts, and entries that go on over a page."""

import pytest
from reportlab.pdfgen.canvas import Canvas

from jobtracker.resumes.extract import extract_text
from jobtracker.resumes.model import Profile
from jobtracker.resumes.pdf import pdf_text
from jobtracker.resumes.read import read_profile
from tests.unit.resumes.documents import docx
from tests.unit.resumes.layouts import Draw, column, drawn

ARABIC = """ليلى حداد
مهندسة برمجيات
layla.haddad@example.com | +962 6 500 1234
الخبرة المهنية
مهندسة برمجيات	مارس 2019 – حتى الآن
شركة البستان
• كتبت برامج بلغة Python لإدارة المخازن
مبرمجة	2016 – 2019
شركة النخيل
• أصلحت أخطاء قواعد البيانات
التعليم
بكالوريوس هندسة الحاسوب	2012 – 2016
جامعة البتراء
المهارات
Python, SQL"""
HEBREW = """קורות חיים
נועה ברק
מהנדסת תוכנה
noa.barak@example.com | +972 3 500 1234
ניסיון תעסוקתי
מהנדסת תוכנה	מרץ 2019 – היום
חברת הכרם
• כתבה תוכנה ב-Python לניהול מחסנים
מתכנתת	2016 – 2019
חברת האלון
• תיקנה תקלות במסדי נתונים
השכלה
תואר ראשון מדעי המחשב	2012 – 2016
אוניברסיטת הגליל
כישורים
Python, SQL"""
CHINESE = """个人简历
林小雨
后端工程师
xiaoyu.lin@example.com | +86 138 0013 8000
工作经历
青禾科技有限公司	2019年3月 – 至今
后端工程师
• 用 Python 编写仓库系统
白鹭软件有限公司	2016年7月 – 2019年2月
开发工程师
• 修复数据库的错误
教育背景
江南大学	2012 – 2016
学士 计算机科学
技能
Python, SQL"""
JAPANESE = """履歴書
山田 花子
Webエンジニア
hanako.yamada@example.com | +81 3 5000 1234
職歴
青空株式会社	2019年3月 〜 現在
Webエンジニア
• Python で倉庫のシステムを書いた
白鷺株式会社	2016年7月 〜 2019年2月
プログラマー
• データベースの誤りを直した
学歴
北国大学	2012年 〜 2016年
学士 情報工学
スキル
Python, SQL"""
KOREAN = """이력서
김하늘
백엔드 개발자
haneul.kim@example.com | +82 2 500 1234
경력
푸른숲 주식회사	2019년 3월 – 현재
백엔드 개발자
• Python 으로 창고 시스템을 만들었다
흰새 주식회사	2016년 7월 – 2019년 2월
개발자
• 데이터베이스 오류를 고쳤다
학력
한빛대학교	2012 – 2016
학사 컴퓨터공학
기술
Python, SQL"""


def read(text: str) -> Profile:
    return read_profile(extract_text(docx(*text.splitlines())))


@pytest.mark.parametrize(
    ("text", "name", "work", "study"),
    [
        (
            ARABIC,
            "ليلى حداد",
            [("مهندسة برمجيات", "شركة البستان", "2019-03"), ("مبرمجة", "شركة النخيل", "2016")],
            ("جامعة البتراء", "بكالوريوس", "هندسة الحاسوب"),
        ),
        (
            HEBREW,
            "נועה ברק",
            [("מהנדסת תוכנה", "חברת הכרם", "2019-03"), ("מתכנתת", "חברת האלון", "2016")],
            ("אוניברסיטת הגליל", "תואר ראשון", "מדעי המחשב"),
        ),
        (
            CHINESE,
            "林小雨",
            [("后端工程师", "青禾科技有限公司", "2019-03"), ("开发工程师", "白鹭软件有限公司", "2016-07")],
            ("江南大学", "学士", "计算机科学"),
        ),
        (
            JAPANESE,
            "山田 花子",
            [("Webエンジニア", "青空株式会社", "2019-03"), ("プログラマー", "白鷺株式会社", "2016-07")],
            ("北国大学", "学士", "情報工学"),
        ),
        (
            KOREAN,
            "김하늘",
            [("백엔드 개발자", "푸른숲 주식회사", "2019-03"), ("개발자", "흰새 주식회사", "2016-07")],
            ("한빛대학교", "학사", "컴퓨터공학"),
        ),
    ],
    ids=["Arabic", "Hebrew", "Chinese", "Japanese", "Korean"],
)
def test_a_resume_in_another_script_is_read(
    text: str, name: str, work: list[tuple[str, str, str]], study: tuple[str, str, str]
) -> None:
    profile = read(text)
    assert profile.name == name
    assert [(one.title, one.company, one.start) for one in profile.work] == work
    assert [len(one.bullets) for one in profile.work] == [1, 1]
    assert [one.current for one in profile.work] == [True, False]
    assert [(one.institution, one.degree, one.area) for one in profile.education] == [study]
    assert profile.phone
    assert profile.skills[:1] == ("python",)


def test_a_position_goes_on_behind_the_foot_and_the_head_of_a_page() -> None:
    def page(number: int, told: list[str]) -> Draw:
        def draw(canvas: Canvas) -> None:
            canvas.drawString(50, 810, "Ada Berg    Baker")
            column(canvas, 50, 100, told)
            canvas.drawString(50, 25, f"ada.berg@example.com    Page {number} of 2")

        return draw

    first = ["EXPERIENCE", "Baker", "Rooftop Bees\tMarch 2020 - May 2022", "• Fed the hives of three gardens"]
    first += ["• Taught the children of the two schools beside the gardens"]
    second = ["how bees live and what they need", "• Built frames", "Gardener", "Rose Farm\tMay 2018 - March 2020"]
    second += ["• Planted roses"]
    profile = read_profile(pdf_text(drawn(page(1, first), page(2, second))))
    assert profile.email == "ada.berg@example.com"
    assert [(one.title, one.company, one.bullets) for one in profile.work] == [
        (
            "Baker",
            "Rooftop Bees",
            (
                "Fed the hives of three gardens",
                "Taught the children of the two schools beside the gardens how bees live and what they need",
                "Built frames",
            ),
        ),
        ("Gardener", "Rose Farm", ("Planted roses",)),
    ]


@pytest.mark.parametrize("words", ["Work Experience", "WORK EXPERIENCE", "Beekeeping", "Éducation à Lund"])
@pytest.mark.parametrize("space", [2, 5])
def test_words_whose_letters_are_spaced_out_are_whole(words: str, space: int) -> None:
    def draw(canvas: Canvas) -> None:
        text = canvas.beginText(50, 700)
        text.setCharSpace(space)
        text.textLine(words)
        canvas.drawText(text)

    assert pdf_text(drawn(draw)) == words


ARABIC_COMMAS = """سلمى خوري
salma.khoury@example.com | +962 6 500 4321
Graz، Austria
الخبرة العملية
مهندسة برمجيات، شركة الزيتون
مارس 2021 - حتى الآن
تصميم واجهات المتجر بلغة Python ومتابعة الطلبات
مبرمجة
2017 - 2020
تطوير قواعد البيانات
التعليم
بكالوريوس الرياضيات، جامعة الأرز، 2017"""


def test_the_arabic_comma_parts_a_calling_from_its_employer_and_a_course_from_its_school() -> None:
    profile = read_profile(ARABIC_COMMAS)
    latest, first = profile.work
    assert (latest.title, latest.company) == ("مهندسة برمجيات", "شركة الزيتون")
    assert latest.bullets == ("تصميم واجهات المتجر بلغة Python ومتابعة الطلبات",)
    assert profile.label == "مهندسة برمجيات"
    school = profile.education[0]
    assert (school.degree, school.area, school.institution) == ("بكالوريوس", "الرياضيات", "جامعة الأرز")
    assert profile.place is not None
    assert profile.place.city == "Graz"
    assert (first.title, first.company) == ("مبرمجة", None)
    assert first.bullets == ("تطوير قواعد البيانات",)
