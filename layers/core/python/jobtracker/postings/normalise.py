"""Bringing what sources publish to one form. Every function gives None for what it cannot tell."""

from jobtracker.postings.companies import clean_company, company_key
from jobtracker.postings.dates import read_date
from jobtracker.postings.eligibility import read_eligibility
from jobtracker.postings.employment import read_employment_type
from jobtracker.postings.levels import read_seniority
from jobtracker.postings.markup import clean_html
from jobtracker.postings.pay_text import read_pay
from jobtracker.postings.places import fold, named_place, read_place, read_places, read_remote_area
from jobtracker.postings.titles import clean_text, clean_title, place_in_title, read_role
from jobtracker.postings.work_modes import read_work_mode
from jobtracker.text.languages import read_language

__all__ = [
    "clean_company",
    "clean_html",
    "clean_text",
    "clean_title",
    "company_key",
    "fold",
    "named_place",
    "place_in_title",
    "read_date",
    "read_eligibility",
    "read_employment_type",
    "read_language",
    "read_pay",
    "read_place",
    "read_places",
    "read_remote_area",
    "read_role",
    "read_seniority",
    "read_work_mode",
]
