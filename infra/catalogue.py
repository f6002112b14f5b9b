"""Which function needs which locked dependencies, and which layers they come in."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Layer:
    """Dependencies of some groups of the lock file, without those of the layers beneath."""

    groups: tuple[str, ...]
    beneath: tuple[str, ...] = ("base",)
    # Compiled Python halves the time of imports and costs a third more bytes of Python.
    bytecode: bool = True


@dataclass(frozen=True)
class Needs:
    """What goes into a function besides the product's own code: layers, and other functions' folders."""

    layers: tuple[str, ...] = ("base",)
    folders: tuple[str, ...] = ()


# The AWS services that functions call, and what signing in needs: botocore's descriptions of the other four hundred
# are left out.
AWS_SERVICES = ("dynamodb", "events", "kms", "s3", "scheduler", "secretsmanager", "sqs", "sts", "textract", "xray")

# spaCy (nlp) and scikit-learn (ml) are never in one function: together they are larger than Lambda allows.
LAYERS = {
    "base": Layer(groups=("core",), beneath=()),
    "web": Layer(groups=("api",)),
    "catalog": Layer(groups=("catalog",)),
    # A part of sources, for who reads names of places and companies and nothing else.
    "places": Layer(groups=("places",)),
    "sources": Layer(groups=("sources",)),
    "resumes": Layer(groups=("resumes",)),
    "pages": Layer(groups=("pages",), beneath=("base", "sources", "llm")),
    "llm": Layer(groups=("llm",), beneath=("base", "sources")),
    "nlp": Layer(groups=("nlp",), beneath=("base", "sources")),
    # What runs the network that finds skills in texts.
    "spans": Layer(groups=("spans",)),
    "ml": Layer(groups=("ml",), beneath=("base", "catalog"), bytecode=False),
}

# Files of the package that are of use with a layer only, and too large to be in every function: what it runs.
MODELS = {"spans": ("skills/data/spans.bin", "skills/data/linking.bin")}

FUNCTIONS = {
    # Where somebody lives, or worked, is read by what reads places and companies in postings.
    "api": Needs(layers=("base", "web", "places")),
    "search": Needs(layers=("base", "web", "places", "catalog"), folders=("api",)),
    "schedule_collections": Needs(),
    "collect_source": Needs(layers=("base", "sources")),
    "import_posting": Needs(layers=("base", "sources", "llm", "pages")),
    "index_catalog": Needs(layers=("base", "catalog")),
    "extract_resume": Needs(layers=("base", "resumes")),
    # Places, dates and levels are read in resumes by what reads them in postings.
    "read_profile": Needs(layers=("base", "sources", "nlp")),
    "read_carefully": Needs(layers=("base", "sources", "llm")),
    # It reads profiles with what also makes them of several resumes.
    # It answers a part of the API besides, as search does.
    "name_skills": Needs(layers=("base", "web", "places", "spans"), folders=("api",)),
    "match_profiles": Needs(layers=("base", "places", "catalog")),
    "train_models": Needs(layers=("base", "catalog", "ml")),
}
