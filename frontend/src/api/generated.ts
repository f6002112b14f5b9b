// Made from openapi.json by `npm run generate`. Do not edit.
import { baseApi as api } from "./base";
export const addTagTypes = [
  "accounts",
  "resumes",
  "profile",
  "matches",
  "sources",
  "postings",
  "service",
] as const;
const injectedRtkApi = api
  .enhanceEndpoints({
    addTagTypes,
  })
  .injectEndpoints({
    endpoints: (build) => ({
      createAccount: build.mutation<
        CreateAccountApiResponse,
        CreateAccountApiArg
      >({
        query: (queryArg) => ({
          url: `/api/v1/accounts`,
          method: "POST",
          body: queryArg.accountRequest,
        }),
        invalidatesTags: ["accounts"],
      }),
      createSession: build.mutation<
        CreateSessionApiResponse,
        CreateSessionApiArg
      >({
        query: (queryArg) => ({
          url: `/api/v1/sessions`,
          method: "POST",
          body: queryArg.sessionRequest,
        }),
        invalidatesTags: ["accounts"],
      }),
      getMe: build.query<GetMeApiResponse, GetMeApiArg>({
        query: () => ({ url: `/api/v1/me` }),
        providesTags: ["accounts"],
      }),
      listResumes: build.query<ListResumesApiResponse, ListResumesApiArg>({
        query: () => ({ url: `/api/v1/resumes` }),
        providesTags: ["resumes"],
      }),
      createResume: build.mutation<CreateResumeApiResponse, CreateResumeApiArg>(
        {
          query: (queryArg) => ({
            url: `/api/v1/resumes`,
            method: "POST",
            body: queryArg.resumeRequest,
          }),
          invalidatesTags: ["resumes"],
        },
      ),
      getResume: build.query<GetResumeApiResponse, GetResumeApiArg>({
        query: (queryArg) => ({
          url: `/api/v1/resumes/${encodeURIComponent(String(queryArg.resumeId))}`,
        }),
        providesTags: ["resumes"],
      }),
      getProfile: build.query<GetProfileApiResponse, GetProfileApiArg>({
        query: () => ({ url: `/api/v1/profile` }),
        providesTags: ["profile"],
      }),
      updatePreferences: build.mutation<
        UpdatePreferencesApiResponse,
        UpdatePreferencesApiArg
      >({
        query: (queryArg) => ({
          url: `/api/v1/profile/preferences`,
          method: "PUT",
          body: queryArg.preferencesRequest,
        }),
        invalidatesTags: ["profile"],
      }),
      listMatches: build.query<ListMatchesApiResponse, ListMatchesApiArg>({
        query: (queryArg) => ({
          url: `/api/v1/matches`,
          params: {
            limit: queryArg.limit,
            cursor: queryArg.cursor,
          },
        }),
        providesTags: ["matches"],
      }),
      getMatch: build.query<GetMatchApiResponse, GetMatchApiArg>({
        query: (queryArg) => ({
          url: `/api/v1/matches/${encodeURIComponent(String(queryArg.postingId))}`,
        }),
        providesTags: ["matches"],
      }),
      listSources: build.query<ListSourcesApiResponse, ListSourcesApiArg>({
        query: () => ({ url: `/api/v1/sources` }),
        providesTags: ["sources"],
      }),
      createCollection: build.mutation<
        CreateCollectionApiResponse,
        CreateCollectionApiArg
      >({
        query: (queryArg) => ({
          url: `/api/v1/sources/${encodeURIComponent(String(queryArg.sourceId))}/collections`,
          method: "POST",
        }),
        invalidatesTags: ["sources"],
      }),
      getPosting: build.query<GetPostingApiResponse, GetPostingApiArg>({
        query: (queryArg) => ({
          url: `/api/v1/postings/${encodeURIComponent(String(queryArg.postingId))}`,
        }),
        providesTags: ["postings"],
      }),
      getHealth: build.query<GetHealthApiResponse, GetHealthApiArg>({
        query: () => ({ url: `/api/v1/health` }),
        providesTags: ["service"],
      }),
      searchPostings: build.query<
        SearchPostingsApiResponse,
        SearchPostingsApiArg
      >({
        query: (queryArg) => ({
          url: `/api/v1/postings`,
          params: {
            q: queryArg.q,
            country: queryArg.country,
            work_mode: queryArg.workMode,
            seniority: queryArg.seniority,
            source: queryArg.source,
            min_pay: queryArg.minPay,
            sort: queryArg.sort,
            limit: queryArg.limit,
            cursor: queryArg.cursor,
          },
        }),
        providesTags: ["postings"],
      }),
    }),
    overrideExisting: false,
  });
export { injectedRtkApi as generatedApi };
export type CreateAccountApiResponse =
  /** status 201 Successful Response */ Token;
export type CreateAccountApiArg = {
  accountRequest: AccountRequestWrite;
};
export type CreateSessionApiResponse =
  /** status 200 Successful Response */ Token;
export type CreateSessionApiArg = {
  sessionRequest: SessionRequestWrite;
};
export type GetMeApiResponse = /** status 200 Successful Response */ Person;
export type GetMeApiArg = void;
export type ListResumesApiResponse =
  /** status 200 Successful Response */ ResumeList;
export type ListResumesApiArg = void;
export type CreateResumeApiResponse =
  /** status 201 Successful Response */ ResumeCreated;
export type CreateResumeApiArg = {
  resumeRequest: ResumeRequest;
};
export type GetResumeApiResponse = /** status 200 Successful Response */ Resume;
export type GetResumeApiArg = {
  resumeId: string;
};
export type GetProfileApiResponse =
  /** status 200 Successful Response */ Profile;
export type GetProfileApiArg = void;
export type UpdatePreferencesApiResponse =
  /** status 200 Successful Response */ Profile;
export type UpdatePreferencesApiArg = {
  preferencesRequest: PreferencesRequest;
};
export type ListMatchesApiResponse =
  /** status 200 Successful Response */ MatchPage;
export type ListMatchesApiArg = {
  limit?: number;
  cursor?: string | null;
};
export type GetMatchApiResponse = /** status 200 Successful Response */ Match;
export type GetMatchApiArg = {
  postingId: string;
};
export type ListSourcesApiResponse =
  /** status 200 Successful Response */ SourceList;
export type ListSourcesApiArg = void;
export type CreateCollectionApiResponse =
  /** status 202 Successful Response */ CollectionAccepted;
export type CreateCollectionApiArg = {
  sourceId: string;
};
export type GetPostingApiResponse =
  /** status 200 Successful Response */ PostingDetail;
export type GetPostingApiArg = {
  postingId: string;
};
export type GetHealthApiResponse = /** status 200 Successful Response */ Health;
export type GetHealthApiArg = void;
export type SearchPostingsApiResponse =
  /** status 200 Successful Response */ PostingPage;
export type SearchPostingsApiArg = {
  /** words to look for */
  q?: string;
  /** ISO 3166-1 alpha-2 */
  country?: string | null;
  workMode?: WorkMode | null;
  seniority?: Seniority | null;
  /** source id */
  source?: string | null;
  /** USD a year */
  minPay?: number | null;
  sort?: Sort;
  limit?: number;
  cursor?: string | null;
};
export type Role = "person" | "admin";
export type Person = {
  id: string;
  email: string;
  name: string | null;
  role: Role;
};
export type Token = {
  access_token: string;
  token_type: "bearer";
  expires_in: number;
  person: Person;
};
export type FieldError = {
  field: string;
  code: string;
  message: string;
};
export type Problem = {
  type: string;
  title: string;
  status: number;
  detail: string;
  errors?: FieldError[] | null;
};
export type AccountRequest = {
  email: string;
  name?: string | null;
};
export type AccountRequestWrite = {
  email: string;
  password: string;
  name?: string | null;
};
export type SessionRequest = {
  email: string;
};
export type SessionRequestWrite = {
  email: string;
  password: string;
};
export type ResumeStatus = "waiting" | "extracted" | "read" | "refused";
export type RefusalCode =
  "empty" | "encrypted" | "corrupt" | "too_large" | "wrong_type" | "no_text";
export type Refusal = {
  code: RefusalCode;
  reason: string;
};
export type Resume = {
  id: string;
  filename: string;
  content_type: string;
  size: number | null;
  status: ResumeStatus;
  refusal: Refusal | null;
  created_at: string;
  read_at: string | null;
};
export type ResumeList = {
  items: Resume[];
};
export type Upload = {
  url: string;
  fields: {
    [key: string]: string;
  };
};
export type ResumeCreated = {
  resume: Resume;
  upload: Upload;
};
export type ResumeRequest = {
  filename: string;
  content_type: string;
  /** bytes; 10 MB at most */
  size: number;
};
export type Link = {
  kind: string;
  url: string;
};
export type Place = {
  text: string;
  city: string | null;
  country: string | null;
};
export type Skill = {
  id: string;
  name: string;
};
export type Work = {
  company: string | null;
  title: string | null;
  place: string | null;
  start: string | null;
  end: string | null;
  current: boolean;
  bullets: string[];
};
export type Education = {
  institution: string | null;
  degree: string | null;
  area: string | null;
  start: string | null;
  end: string | null;
};
export type Seniority =
  "intern" | "junior" | "mid" | "senior" | "lead" | "executive";
export type ProfileFields = {
  name: string | null;
  label: string | null;
  email: string | null;
  phone: string | null;
  links: Link[];
  place: Place | null;
  summary: string | null;
  skills: Skill[];
  work: Work[];
  education: Education[];
  seniority: Seniority | null;
  years: number | null;
};
export type WorkMode = "onsite" | "hybrid" | "remote";
export type Preferences = {
  titles: string[];
  countries: string[];
  work_modes: WorkMode[];
  pay_floor: number | null;
  pay_currency: string;
};
export type Profile = {
  version: number;
  resume_id: string | null;
  profile: ProfileFields;
  preferences: Preferences;
  changed_at: string;
};
export type PreferencesRequest = {
  titles?: string[];
  countries?: string[];
  work_modes?: WorkMode[];
  pay_floor?: number | null;
  pay_currency?: string;
};
export type MatchSummary = {
  index_version: string;
  profile_version: number;
  postings: number;
  matches: number;
  matched_at: string;
};
export type PartName =
  "skills" | "title" | "text" | "seniority" | "place" | "pay";
export type MatchPart = {
  name: PartName;
  points: number;
  possible: number;
  known: boolean;
  reason: string;
};
export type PayPeriod = "hour" | "day" | "week" | "month" | "year";
export type Pay = {
  minimum: number | null;
  maximum: number | null;
  currency: string;
  period: PayPeriod;
};
export type SourceName = {
  id: string;
  name: string;
};
export type PostingSummary = {
  id: string;
  title: string;
  company: string | null;
  places: Place[];
  work_mode: WorkMode | null;
  pay: Pay | null;
  seniority: Seniority | null;
  skills: Skill[];
  posted_at: string | null;
  url: string;
  source: SourceName;
  attribution: string;
  sample: boolean;
};
export type Match = {
  score: number;
  parts: MatchPart[];
  matched_skills: Skill[];
  missing_skills: Skill[];
  posting: PostingSummary;
};
export type MatchPage = {
  summary: MatchSummary | null;
  stale: boolean;
  items: Match[];
  next_cursor: string | null;
};
export type Terms = "open" | "key" | "restricted";
export type SourceStatus =
  "ok" | "stale" | "blocked" | "suspicious" | "failing" | "off" | "never";
export type Source = {
  id: string;
  name: string;
  terms: Terms;
  homepage: string;
  attribution: string;
  status: SourceStatus;
  reason: string | null;
  postings: number;
  last_run_at: string | null;
  last_ok_at: string | null;
};
export type SourceList = {
  items: Source[];
};
export type CollectionAccepted = {
  id: string;
  source_id: string;
};
export type PostingDetail = {
  id: string;
  title: string;
  company: string | null;
  places: Place[];
  work_mode: WorkMode | null;
  pay: Pay | null;
  seniority: Seniority | null;
  skills: Skill[];
  posted_at: string | null;
  url: string;
  source: SourceName;
  attribution: string;
  sample: boolean;
  description_html: string;
  apply_url: string | null;
  employment_type: string | null;
  language: string | null;
  expires_at: string | null;
  fetched_at: string;
};
export type Health = {
  status: "ok";
  version: string;
};
export type Facets = {
  country: {
    [key: string]: number;
  };
  work_mode: {
    [key: string]: number;
  };
  seniority: {
    [key: string]: number;
  };
  source: {
    [key: string]: number;
  };
};
export type PostingPage = {
  total: number;
  items: PostingSummary[];
  facets: Facets;
  next_cursor: string | null;
  approximate: boolean;
};
export type Sort = "relevance" | "newest";
export const {
  useCreateAccountMutation,
  useCreateSessionMutation,
  useGetMeQuery,
  useListResumesQuery,
  useCreateResumeMutation,
  useGetResumeQuery,
  useGetProfileQuery,
  useUpdatePreferencesMutation,
  useListMatchesQuery,
  useGetMatchQuery,
  useListSourcesQuery,
  useCreateCollectionMutation,
  useGetPostingQuery,
  useGetHealthQuery,
  useSearchPostingsQuery,
} = injectedRtkApi;
