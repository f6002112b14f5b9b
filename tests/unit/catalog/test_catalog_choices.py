"""Skills of which a posting asks for one only, in the index."""

from jobtracker.postings.model import Posting
from jobtracker.skills.taxonomy import taxonomy
from tests.unit.catalog.conftest import MakePosting, Opened


def test_an_index_knows_of_which_skills_a_posting_asks_for_one(opened: Opened, make_posting: MakePosting) -> None:
    text = "You must have Java, Kotlin or Scala. You must have Docker. Redis or Kafka is a plus."
    skills = ("docker", "java", "unheard-of", "kotlin", "scala", "redis", "apache-kafka", "docker")
    choosing, all_of_them = (
        make_posting(number, description_text=words, skills=skills)
        for number, words in ((1, text), (2, "You must have Java, Kotlin, Scala, Docker, Redis and Kafka."))
    )
    index = opened(choosing, all_of_them)

    def groups(posting: Posting) -> dict[str, int]:
        at = index.position(posting.id)
        assert at is not None
        here = slice(index.skills_indptr[at], index.skills_indptr[at + 1])
        ids = [taxonomy().ids[i] for i in index.skills_indices[here]]
        return dict(zip(ids, index.skills_either[here].tolist(), strict=True))

    assert groups(choosing) == {"docker": 0, "java": 1, "kotlin": 1, "scala": 1, "redis": 2, "apache-kafka": 2}
    assert set(groups(all_of_them).values()) == {0}
