"""A small catalog with its encoder, made by the product's own code."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from jobtracker.catalog.build import build
from jobtracker.catalog.index import CatalogIndex
from jobtracker.matching.rank import Ranker
from jobtracker.postings.model import Pay, PayPeriod, Place, Posting, Seniority, StoredPosting, WorkMode, posting_id
from jobtracker.resumes.model import Profile, Work
from jobtracker.skills.extraction import extract
from jobtracker.text.encoder import Encoder
from jobtracker.text.training import fit_encoder

BERLIN = Place(text="Berlin, Germany", city="Berlin", country="DE", latitude=52.52, longitude=13.405)
MUNICH = Place(text="Munich, Germany", city="Munich", country="DE", latitude=48.137, longitude=11.575)
LONDON = Place(text="London, UK", city="London", country="GB", latitude=51.507, longitude=-0.128)

TEXTS = {
    "Senior Data Engineer": "Build data pipelines with Python, SQL, Apache Spark, Airflow and Kafka on AWS.",
    "Data Engineer": "Model the data warehouse with dbt and Snowflake, write Python and SQL.",
    "Data Analyst": "Dashboards in Power BI, SQL and Microsoft Excel for the sales team.",
    "Backend Engineer": "REST APIs in Python with FastAPI, PostgreSQL, Docker and Kubernetes.",
    "Registered Nurse": "Patient care, medication administration, wound care and care plans on a ward.",
    "Head Chef": "Menu planning, food preparation, HACCP and kitchen management.",
    "Accountant": "Month-end close, general ledger, IFRS, SAP and Microsoft Excel.",
    "Electrician": "Electrical installation, photovoltaics, inspection and testing.",
}


def make_posting(title: str, text: str, **fields: object) -> Posting:
    """A posting with what matching reads."""
    return Posting.model_validate(
        {
            "id": posting_id("test", f"{title}{fields.get('places')}"),
            "source_id": "test",
            "source_posting_id": title,
            "url": "https://example.com/1",
            "title": title,
            "company": "Example Ltd",
            "description_text": text,
            "skills": tuple(extract(text)),
            "fetched_at": datetime(2026, 11, 1, tzinfo=UTC),
            "attribution": "test",
            # Jobs of their own, however alike they sound.
            "requisition_id": posting_id(title, str(fields.get("places"))),
        }
        | fields
    )


@pytest.fixture(scope="session")
def postings() -> list[Posting]:
    """Eight jobs, each in Berlin with pay and in London without."""
    made = []
    for title, text in TEXTS.items():
        level = Seniority.SENIOR if "Senior" in title else Seniority.MID
        pay = Pay(minimum=70_000, maximum=80_000, currency="EUR", period=PayPeriod.YEAR)
        made.append(make_posting(title, text, places=(BERLIN,), pay=pay, seniority=level, work_mode=WorkMode.HYBRID))
        made.append(make_posting(title, text, places=(LONDON,), work_mode=WorkMode.ONSITE))
    return made


@pytest.fixture(scope="session")
def encoder(postings: list[Posting]) -> Encoder:
    """An encoder fitted on the small catalog."""
    return fit_encoder([f"{posting.title}\n{posting.description_text}" for posting in postings] * 4, dims=8)


@pytest.fixture(scope="session")
def make_ranker(
    tmp_path_factory: pytest.TempPathFactory, encoder: Encoder
) -> Callable[[list[Posting], Encoder | None], Ranker]:
    """A ranker over any postings."""

    def make(some: list[Posting], with_encoder: Encoder | None = encoder) -> Ranker:
        folder: Path = tmp_path_factory.mktemp("index")
        build(map(StoredPosting.fresh, some), with_encoder, folder)
        return Ranker(CatalogIndex.open(folder), with_encoder)

    return make


@pytest.fixture(scope="session")
def ranker(make_ranker: Callable[..., Ranker], postings: list[Posting]) -> Ranker:
    """A ranker over the small catalog."""
    return make_ranker(postings)


@pytest.fixture
def profile() -> Profile:
    """A data engineer in Berlin."""
    return Profile(
        name="Ada Example",
        label="Data Engineer",
        skills=("python", "sql", "apache-spark", "apache-airflow", "apache-kafka", "aws"),
        work=(Work(title="Data Engineer", company="Example", bullets=("Built pipelines in Python and Spark.",)),),
        place=BERLIN,
        seniority=Seniority.SENIOR,
    )
