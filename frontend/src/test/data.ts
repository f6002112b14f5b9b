import type {
  AskedSkill,
  Counts,
  FoundPosting,
  Import,
  Ledger,
  Match,
  MatchPage,
  OwnSource,
  PostingDetail,
  PostingPage,
  Profile,
  Resume,
  ResumeDocument,
  Source,
  SourceDetail,
  Token,
} from "../api";

// Answers as the API gives them. Each function takes what matters to one test.

export const token: Token = {
  access_token: "token-1",
  token_type: "bearer",
  expires_in: 1800,
  person: { id: "person-1", email: "ada@example.com", name: "Ada", role: "person" },
};

export function posting(change: Partial<FoundPosting> = {}): FoundPosting {
  return {
    id: "posting-1",
    title: "Backend Engineer",
    company: "Harbourline",
    places: [{ text: "Berlin, Germany", city: "Berlin", region: null, country: "DE" }],
    work_mode: "hybrid",
    pay: { minimum: 70_000, maximum: 90_000, currency: "EUR", period: "year" },
    seniority: "senior",
    skills: [{ id: "python", name: "Python" }],
    posted_at: "2026-01-02T00:00:00Z",
    url: "https://jobs.example.com/1",
    source: { id: "sample", name: "Sample" },
    attribution: "Job found on Example",
    sample: false,
    distance_km: null,
    ...change,
  };
}

export function askedSkill(change: Partial<AskedSkill> = {}): AskedSkill {
  return { id: "python", name: "Python", demand: "mentioned", years: null, learned: false, spans: [], alternatives: [], ...change };
}

export function detail(change: Partial<PostingDetail> = {}): PostingDetail {
  return {
    ...posting(),
    skills: [askedSkill()],
    description_html: "<p>Build <b>good</b> things.</p>",
    description_text: "Build good things.",
    apply_url: "https://jobs.example.com/1/apply",
    role: "backend engineer",
    employment_type: "full-time",
    eligibility: [],
    remote_countries: [],
    language: "en",
    expires_at: null,
    fetched_at: "2026-01-03T00:00:00Z",
    private: false,
    life: {
      first_seen_at: "2026-01-02T00:00:00Z",
      last_seen_at: "2026-01-09T00:00:00Z",
      changed_at: null,
      versions: 1,
      reposts: 0,
      closed_at: null,
      closed_reason: null,
    },
    appearances: [],
    separated: [],
    evidence: [],
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
    corrections: [],
    items: [posting()],
    facets: {
      country: { DE: 3 },
      work_mode: { remote: 2, hybrid: 1 },
      seniority: { senior: 3 },
      source: { sample: 3 },
      employment_type: { "full-time": 3 },
      skill: { python: 3, kafka: 1 },
      age: { "1": 1, "7": 3 },
      pay: { "50k_100k": 2, over_200k: 1, unknown: 4 },
    },
    skills: { python: "Python", kafka: "Kafka" },
    sources: { sample: "Sample" },
    coverage: { seen: 1204, duplicates: 96, closed: 20, expired: 0, filtered: 201 },
    place: null,
    place_correction: null,
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
    scan: null,
    read_by: "rules",
    created_at: "2026-01-02T00:00:00Z",
    read_at: null,
    ...change,
  };
}

export function profile(change: Partial<Profile> = {}): Profile {
  return {
    version: 1,
    resume_id: "resume-1",
    read_by: "rules",
    resume_ids: ["resume-1"],
    conflicts: [],
    settled: [],
    changed_at: "2026-01-02T00:00:00Z",
    corrections: [],
    preferences: { titles: [], countries: [], work_modes: [], pay_floor: null, pay_currency: "USD" },
    profile: {
      name: "Ada Martin",
      label: "Engineer",
      email: "ada@example.com",
      emails: ["ada@example.com", "ada.martin@example.org"],
      phone: null,
      phones: [],
      links: [{ kind: "github", url: "https://github.com/example" }],
      place: null,
      summary: null,
      skills: [{ id: "python", name: "Python" }],
      linked_skills: [],
      other_skills: [],
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
      skill_uses: [{ skill: { id: "python", name: "Python" }, positions: [0], months: 58 }],
      education: [
        { institution: "TU Hamburg", degree: "MSc", area: null, start: "2015", end: "2017", score: "Note 1,3" },
      ],
      languages: [{ language: "German", code: "de", fluency: "Muttersprache", level: "native" }],
      certificates: [
        { name: "Route Planner II", issuer: "Cairn Institute", date: "2021-06", url: "https://example.com/cert" },
      ],
      projects: [
        { name: "Cairn", url: "https://example.com/cairn", description: "Plans routes.", start: "2020", end: null },
      ],
      publications: [{ name: "On rivers", publisher: "River Letters", date: "2019", url: null }],
      awards: [{ title: "Best Thesis", awarder: "River Society", date: "2017" }],
      work_rights: [{ words: "EU citizen", kind: "citizen" }],
      seniority: "senior",
      years: 5,
    },
    ...change,
  };
}

const words = "Ada Martin 🚀\nEngineer at Papermill\nPython";

/** A resume of one page with a name, a position and a skill. The sign after the name is one letter, but two units. */
export function resumeDocument(change: Partial<ResumeDocument> = {}): ResumeDocument {
  const line = (start: number, end: number, y0: number) => ({ start, end, page: 1, box: { x0: 0.1, y0, x1: 0.6, y1: y0 + 0.05 } });
  const name = { start: 0, end: 10, page: 1, box: { x0: 0.1, y0: 0.05, x1: 0.4, y1: 0.1 } };
  const title = { start: 13, end: 21, page: 1, box: { x0: 0.1, y0: 0.4, x1: 0.3, y1: 0.45 } };
  const company = { start: 25, end: 34, page: 1, box: null };
  const skill = { start: 35, end: 41, page: 1, box: { x0: 0.1, y0: 0.8, x1: 0.3, y1: 0.85 } };
  return {
    resume_id: "resume-1",
    filename: "ada.pdf",
    content_type: "application/pdf",
    text: words,
    scan: null,
    pages: [{ number: 1, width: 595, height: 842, image: "https://uploads.example.com/page-1.webp" }],
    lines: [line(0, 12, 0.05), line(13, 34, 0.4), line(35, 41, 0.8)],
    fields: [
      { path: "/name", value: "Ada Martin", spans: [name], confidence: 0.97, derived_from: null },
      { path: "/label", value: "Engineer", spans: [title], confidence: 0.8, derived_from: null },
      { path: "/skills/0", value: "Python", spans: [skill], confidence: 0.93, derived_from: null },
      { path: "/work/0/title", value: "Engineer", spans: [title], confidence: 0.88, derived_from: null },
      { path: "/work/0/company", value: "Papermill", spans: [company], confidence: 0.41, derived_from: null },
      { path: "/years", value: "5", spans: [], confidence: null, derived_from: "the dates of the positions" },
    ],
    profile: profile().profile,
    ...change,
  };
}

export function counts(change: Partial<Counts> = {}): Counts {
  return { seen: 12, new: 3, changed: 1, unchanged: 7, duplicate: 0, refused: 1, gone: 2, ...change };
}

export function ledger(change: Partial<Ledger> = {}): Ledger {
  return {
    id: "run-1",
    started_at: "2026-01-02T00:00:00Z",
    ended_at: "2026-01-02T00:00:09Z",
    status: "ok",
    reason: null,
    counts: counts(),
    refusals: ["no title"],
    requests: 3,
    ...change,
  };
}

export function sourceDetail(change: Partial<SourceDetail> = {}): SourceDetail {
  return {
    source: source(),
    limits: { between_s: 2, per_hour: 100, per_day: null, every_hours: 6 },
    ledgers: [ledger(), ledger({ id: "run-0", ended_at: "2026-01-01T00:00:09Z" })],
    ...change,
  };
}

export function ownSource(change: Partial<OwnSource> = {}): OwnSource {
  return {
    id: "own:0123456789ab",
    name: "My feed",
    config: { kind: "feed", url: "https://feeds.example.com/jobs.rss" },
    secrets_set: [],
    created_at: "2026-01-01T00:00:00Z",
    status: "ok",
    reason: null,
    since: null,
    retry_at: null,
    running: false,
    postings: 4,
    counts: counts(),
    last_run_at: "2026-01-02T00:00:00Z",
    ...change,
  };
}

export function anImport(change: Partial<Import> = {}): Import {
  return {
    id: "import-1",
    kind: "url",
    url: "https://jobs.example.com/1",
    filename: null,
    subject: null,
    sender: null,
    status: "done",
    reason: null,
    how: "structured",
    posting_ids: ["posting-1"],
    refusals: [],
    boards: [],
    created_at: "2026-01-02T00:00:00Z",
    ...change,
  };
}

export function source(change: Partial<Source> = {}): Source {
  return {
    id: "greenhouse:acme",
    kind: "company",
    name: "Acme board",
    terms: "open",
    conditions: "Made to be read.",
    homepage: "https://acme.example.com/",
    attribution: "Job found on Acme",
    on: true,
    accepted: false,
    secrets: [],
    secrets_set: [],
    status: "ok",
    reason: null,
    since: "2026-01-01T00:00:00Z",
    retry_at: null,
    running: false,
    postings: 12,
    duplicates: 2,
    counts: counts(),
    last_run_at: "2026-01-02T00:00:00Z",
    last_ok_at: "2026-01-02T00:00:00Z",
    ...change,
  };
}

export const notFound = { type: "x", title: "Not found", status: 404, detail: "There is nothing here under this id." };
