import type { Match, MatchPage, PostingDetail, PostingPage, PostingSummary, Profile, Resume, Source, Token } from "../api";

// Answers as the API gives them. Each function takes what matters to one test.

export const token: Token = {
  access_token: "token-1",
  token_type: "bearer",
  expires_in: 1800,
  person: { id: "person-1", email: "ada@example.com", name: "Ada", role: "person" },
};

export function posting(change: Partial<PostingSummary> = {}): PostingSummary {
  return {
    id: "posting-1",
    title: "Backend Engineer",
    company: "Harbourline",
    places: [{ text: "Berlin, Germany", city: "Berlin", country: "DE" }],
    work_mode: "hybrid",
    pay: { minimum: 70_000, maximum: 90_000, currency: "EUR", period: "year" },
    seniority: "senior",
    skills: [{ id: "python", name: "Python" }],
    posted_at: "2026-01-02T00:00:00Z",
    url: "https://jobs.example.com/1",
    source: { id: "sample", name: "Sample" },
    attribution: "Job found on Example",
    sample: false,
    ...change,
  };
}

export function detail(change: Partial<PostingDetail> = {}): PostingDetail {
  return {
    ...posting(),
    description_html: "<p>Build <b>good</b> things.</p>",
    apply_url: "https://jobs.example.com/1/apply",
    employment_type: "Full time",
    language: "en",
    expires_at: null,
    fetched_at: "2026-01-03T00:00:00Z",
    ...change,
  };
}

export function match(change: Partial<Match> = {}): Match {
  return {
    score: 81.5,
    parts: [
      { name: "skills", points: 36.5, possible: 40, known: true, reason: "Nine of ten skills fit." },
      { name: "title", points: 45, possible: 60, known: false, reason: "The title is not known." },
    ],
    matched_skills: [{ id: "python", name: "Python" }],
    missing_skills: [{ id: "kafka", name: "Kafka" }],
    posting: posting(),
    ...change,
  };
}

export function matchPage(change: Partial<MatchPage> = {}): MatchPage {
  return {
    summary: {
      index_version: "index-1",
      profile_version: 1,
      postings: 1200,
      matches: 1,
      matched_at: "2026-01-03T00:00:00Z",
    },
    stale: false,
    items: [match()],
    next_cursor: null,
    ...change,
  };
}

export function postingPage(change: Partial<PostingPage> = {}): PostingPage {
  return {
    total: 1,
    approximate: false,
    items: [posting()],
    facets: { country: { DE: 3 }, work_mode: { remote: 2, hybrid: 1 }, seniority: { senior: 3 }, source: { sample: 3 } },
    next_cursor: null,
    ...change,
  };
}

export function resume(change: Partial<Resume> = {}): Resume {
  return {
    id: "resume-1",
    filename: "ada.pdf",
    content_type: "application/pdf",
    size: 2048,
    status: "waiting",
    refusal: null,
    created_at: "2026-01-02T00:00:00Z",
    read_at: null,
    ...change,
  };
}

export function profile(change: Partial<Profile> = {}): Profile {
  return {
    version: 1,
    resume_id: "resume-1",
    changed_at: "2026-01-02T00:00:00Z",
    preferences: { titles: [], countries: [], work_modes: [], pay_floor: null, pay_currency: "USD" },
    profile: {
      name: "Ada Martin",
      label: "Engineer",
      email: "ada@example.com",
      phone: null,
      links: [{ kind: "github", url: "https://github.com/example" }],
      place: null,
      summary: null,
      skills: [{ id: "python", name: "Python" }],
      work: [
        {
          company: "Papermill",
          title: "Engineer",
          place: null,
          start: "2021-03",
          end: null,
          current: true,
          bullets: ["Built the billing API."],
        },
      ],
      education: [{ institution: "TU Hamburg", degree: "MSc", area: null, start: "2015", end: "2017" }],
      seniority: "senior",
      years: 5,
    },
    ...change,
  };
}

export function source(change: Partial<Source> = {}): Source {
  return {
    id: "greenhouse:acme",
    name: "Acme board",
    terms: "open",
    homepage: "https://acme.example.com/",
    attribution: "Job found on Acme",
    status: "ok",
    reason: null,
    postings: 12,
    last_run_at: "2026-01-02T00:00:00Z",
    last_ok_at: "2026-01-02T00:00:00Z",
    ...change,
  };
}

export const notFound = { type: "x", title: "Not found", status: 404, detail: "There is nothing here under this id." };
