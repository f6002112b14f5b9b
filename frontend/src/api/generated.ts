// Made from openapi.json by `npm run generate`. Do not edit.
import { baseApi as api } from "./base";
export const addTagTypes = [
  "accounts",
  "language model",
  "resumes",
  "profile",
  "matches",
  "sources",
  "own sources",
  "imports",
  "own postings",
  "postings",
  "readings",
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
      getLanguageModel: build.query<
        GetLanguageModelApiResponse,
        GetLanguageModelApiArg
      >({
        query: () => ({ url: `/api/v1/me/language-model` }),
        providesTags: ["language model"],
      }),
      setLanguageModel: build.mutation<
        SetLanguageModelApiResponse,
        SetLanguageModelApiArg
      >({
        query: (queryArg) => ({
          url: `/api/v1/me/language-model`,
          method: "PUT",
          body: queryArg.languageModelRequest,
        }),
        invalidatesTags: ["language model"],
      }),
      listLlmReceipts: build.query<
        ListLlmReceiptsApiResponse,
        ListLlmReceiptsApiArg
      >({
        query: (queryArg) => ({
          url: `/api/v1/me/llm-receipts`,
          params: {
            limit: queryArg.limit,
            cursor: queryArg.cursor,
          },
        }),
        providesTags: ["language model"],
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
      getResumeDocument: build.query<
        GetResumeDocumentApiResponse,
        GetResumeDocumentApiArg
      >({
        query: (queryArg) => ({
          url: `/api/v1/resumes/${encodeURIComponent(String(queryArg.resumeId))}/document`,
        }),
        providesTags: ["resumes"],
      }),
      getProfile: build.query<GetProfileApiResponse, GetProfileApiArg>({
        query: () => ({ url: `/api/v1/profile` }),
        providesTags: ["profile"],
      }),
      updateProfileResumes: build.mutation<
        UpdateProfileResumesApiResponse,
        UpdateProfileResumesApiArg
      >({
        query: (queryArg) => ({
          url: `/api/v1/profile/resumes`,
          method: "PUT",
          body: queryArg.resumesRequest,
        }),
        invalidatesTags: ["profile"],
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
      updateCorrections: build.mutation<
        UpdateCorrectionsApiResponse,
        UpdateCorrectionsApiArg
      >({
        query: (queryArg) => ({
          url: `/api/v1/profile/corrections`,
          method: "PUT",
          body: queryArg.correctionsRequest,
        }),
        invalidatesTags: ["profile"],
      }),
      updateConflict: build.mutation<
        UpdateConflictApiResponse,
        UpdateConflictApiArg
      >({
        query: (queryArg) => ({
          url: `/api/v1/profile/conflicts/${encodeURIComponent(String(queryArg.conflictId))}`,
          method: "PUT",
          body: queryArg.settledRequest,
        }),
        invalidatesTags: ["profile"],
      }),
      listMatches: build.query<ListMatchesApiResponse, ListMatchesApiArg>({
        query: (queryArg) => ({
          url: `/api/v1/matches`,
          params: {
            limit: queryArg.limit,
            cursor: queryArg.cursor,
            posting_id: queryArg.postingId,
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
      getSource: build.query<GetSourceApiResponse, GetSourceApiArg>({
        query: (queryArg) => ({
          url: `/api/v1/sources/${encodeURIComponent(String(queryArg.sourceId))}`,
        }),
        providesTags: ["sources"],
      }),
      listCollections: build.query<
        ListCollectionsApiResponse,
        ListCollectionsApiArg
      >({
        query: (queryArg) => ({
          url: `/api/v1/sources/${encodeURIComponent(String(queryArg.sourceId))}/collections`,
          params: {
            limit: queryArg.limit,
            before: queryArg.before,
          },
        }),
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
      updateSetting: build.mutation<
        UpdateSettingApiResponse,
        UpdateSettingApiArg
      >({
        query: (queryArg) => ({
          url: `/api/v1/sources/${encodeURIComponent(String(queryArg.sourceId))}/setting`,
          method: "PUT",
          body: queryArg.settingRequest,
        }),
        invalidatesTags: ["sources"],
      }),
      updateSecrets: build.mutation<
        UpdateSecretsApiResponse,
        UpdateSecretsApiArg
      >({
        query: (queryArg) => ({
          url: `/api/v1/sources/${encodeURIComponent(String(queryArg.sourceId))}/secrets`,
          method: "PUT",
          body: queryArg.secretsRequest,
        }),
        invalidatesTags: ["sources"],
      }),
      deleteSecrets: build.mutation<
        DeleteSecretsApiResponse,
        DeleteSecretsApiArg
      >({
        query: (queryArg) => ({
          url: `/api/v1/sources/${encodeURIComponent(String(queryArg.sourceId))}/secrets`,
          method: "DELETE",
        }),
        invalidatesTags: ["sources"],
      }),
      listCompanies: build.query<ListCompaniesApiResponse, ListCompaniesApiArg>(
        {
          query: (queryArg) => ({
            url: `/api/v1/companies`,
            params: {
              q: queryArg.q,
              limit: queryArg.limit,
            },
          }),
          providesTags: ["sources"],
        },
      ),
      listOwnSources: build.query<
        ListOwnSourcesApiResponse,
        ListOwnSourcesApiArg
      >({
        query: () => ({ url: `/api/v1/own-sources` }),
        providesTags: ["own sources"],
      }),
      createOwnSource: build.mutation<
        CreateOwnSourceApiResponse,
        CreateOwnSourceApiArg
      >({
        query: (queryArg) => ({
          url: `/api/v1/own-sources`,
          method: "POST",
          body: queryArg.ownSourceRequest,
        }),
        invalidatesTags: ["own sources"],
      }),
      getOwnSource: build.query<GetOwnSourceApiResponse, GetOwnSourceApiArg>({
        query: (queryArg) => ({
          url: `/api/v1/own-sources/${encodeURIComponent(String(queryArg.sourceId))}`,
        }),
        providesTags: ["own sources"],
      }),
      updateOwnSource: build.mutation<
        UpdateOwnSourceApiResponse,
        UpdateOwnSourceApiArg
      >({
        query: (queryArg) => ({
          url: `/api/v1/own-sources/${encodeURIComponent(String(queryArg.sourceId))}`,
          method: "PUT",
          body: queryArg.ownSourceRequest,
        }),
        invalidatesTags: ["own sources"],
      }),
      deleteOwnSource: build.mutation<
        DeleteOwnSourceApiResponse,
        DeleteOwnSourceApiArg
      >({
        query: (queryArg) => ({
          url: `/api/v1/own-sources/${encodeURIComponent(String(queryArg.sourceId))}`,
          method: "DELETE",
          params: {
            postings: queryArg.postings,
          },
        }),
        invalidatesTags: ["own sources"],
      }),
      listOwnCollections: build.query<
        ListOwnCollectionsApiResponse,
        ListOwnCollectionsApiArg
      >({
        query: (queryArg) => ({
          url: `/api/v1/own-sources/${encodeURIComponent(String(queryArg.sourceId))}/collections`,
          params: {
            limit: queryArg.limit,
          },
        }),
        providesTags: ["own sources"],
      }),
      createOwnCollection: build.mutation<
        CreateOwnCollectionApiResponse,
        CreateOwnCollectionApiArg
      >({
        query: (queryArg) => ({
          url: `/api/v1/own-sources/${encodeURIComponent(String(queryArg.sourceId))}/collections`,
          method: "POST",
        }),
        invalidatesTags: ["own sources"],
      }),
      listImports: build.query<ListImportsApiResponse, ListImportsApiArg>({
        query: () => ({ url: `/api/v1/imports` }),
        providesTags: ["imports"],
      }),
      createImport: build.mutation<CreateImportApiResponse, CreateImportApiArg>(
        {
          query: (queryArg) => ({
            url: `/api/v1/imports`,
            method: "POST",
            body: queryArg.importRequest,
          }),
          invalidatesTags: ["imports"],
        },
      ),
      getImport: build.query<GetImportApiResponse, GetImportApiArg>({
        query: (queryArg) => ({
          url: `/api/v1/imports/${encodeURIComponent(String(queryArg.importId))}`,
        }),
        providesTags: ["imports"],
      }),
      listOwnPostings: build.query<
        ListOwnPostingsApiResponse,
        ListOwnPostingsApiArg
      >({
        query: (queryArg) => ({
          url: `/api/v1/own-postings`,
          params: {
            limit: queryArg.limit,
            cursor: queryArg.cursor,
          },
        }),
        providesTags: ["own postings"],
      }),
      deleteOwnPosting: build.mutation<
        DeleteOwnPostingApiResponse,
        DeleteOwnPostingApiArg
      >({
        query: (queryArg) => ({
          url: `/api/v1/own-postings/${encodeURIComponent(String(queryArg.postingId))}`,
          method: "DELETE",
        }),
        invalidatesTags: ["own postings"],
      }),
      listVersions: build.query<ListVersionsApiResponse, ListVersionsApiArg>({
        query: (queryArg) => ({
          url: `/api/v1/postings/${encodeURIComponent(String(queryArg.postingId))}/versions`,
          params: {
            limit: queryArg.limit,
          },
        }),
        providesTags: ["postings"],
      }),
      createSeparation: build.mutation<
        CreateSeparationApiResponse,
        CreateSeparationApiArg
      >({
        query: (queryArg) => ({
          url: `/api/v1/postings/${encodeURIComponent(String(queryArg.postingId))}/separations`,
          method: "POST",
          body: queryArg.separationRequest,
        }),
        invalidatesTags: ["postings"],
      }),
      deleteSeparation: build.mutation<
        DeleteSeparationApiResponse,
        DeleteSeparationApiArg
      >({
        query: (queryArg) => ({
          url: `/api/v1/postings/${encodeURIComponent(String(queryArg.postingId))}/separations/${encodeURIComponent(String(queryArg.otherId))}`,
          method: "DELETE",
        }),
        invalidatesTags: ["postings"],
      }),
      getReading: build.query<GetReadingApiResponse, GetReadingApiArg>({
        query: (queryArg) => ({
          url: `/api/v1/postings/${encodeURIComponent(String(queryArg.postingId))}/reading`,
        }),
        providesTags: ["readings"],
      }),
      createReading: build.mutation<
        CreateReadingApiResponse,
        CreateReadingApiArg
      >({
        query: (queryArg) => ({
          url: `/api/v1/postings/${encodeURIComponent(String(queryArg.postingId))}/reading`,
          method: "POST",
        }),
        invalidatesTags: ["readings"],
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
            place: queryArg.place,
            km: queryArg.km,
            country: queryArg.country,
            remote_from: queryArg.remoteFrom,
            work_mode: queryArg.workMode,
            seniority: queryArg.seniority,
            employment_type: queryArg.employmentType,
            source: queryArg.source,
            skill: queryArg.skill,
            company: queryArg.company,
            min_pay: queryArg.minPay,
            pay_unknown: queryArg.payUnknown,
            posted_within_days: queryArg.postedWithinDays,
            sort: queryArg.sort,
            limit: queryArg.limit,
            cursor: queryArg.cursor,
          },
        }),
        providesTags: ["postings"],
      }),
      getPosting: build.query<GetPostingApiResponse, GetPostingApiArg>({
        query: (queryArg) => ({
          url: `/api/v1/postings/${encodeURIComponent(String(queryArg.postingId))}`,
        }),
        providesTags: ["postings"],
      }),
      listPostingSkills: build.query<
        ListPostingSkillsApiResponse,
        ListPostingSkillsApiArg
      >({
        query: (queryArg) => ({
          url: `/api/v1/postings/${encodeURIComponent(String(queryArg.postingId))}/skills`,
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
export type GetLanguageModelApiResponse =
  /** status 200 Successful Response */ LanguageModel;
export type GetLanguageModelApiArg = void;
export type SetLanguageModelApiResponse =
  /** status 200 Successful Response */ LanguageModel;
export type SetLanguageModelApiArg = {
  languageModelRequest: LanguageModelRequest;
};
export type ListLlmReceiptsApiResponse =
  /** status 200 Successful Response */ ReceiptList;
export type ListLlmReceiptsApiArg = {
  limit?: number;
  cursor?: string | null;
};
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
export type GetResumeDocumentApiResponse =
  /** status 200 Successful Response */ ResumeDocument;
export type GetResumeDocumentApiArg = {
  resumeId: string;
};
export type GetProfileApiResponse =
  /** status 200 Successful Response */ Profile;
export type GetProfileApiArg = void;
export type UpdateProfileResumesApiResponse =
  /** status 200 Successful Response */ Profile;
export type UpdateProfileResumesApiArg = {
  resumesRequest: ResumesRequest;
};
export type UpdatePreferencesApiResponse =
  /** status 200 Successful Response */ Profile;
export type UpdatePreferencesApiArg = {
  preferencesRequest: PreferencesRequest;
};
export type UpdateCorrectionsApiResponse =
  /** status 200 Successful Response */ Profile;
export type UpdateCorrectionsApiArg = {
  correctionsRequest: CorrectionsRequest;
};
export type UpdateConflictApiResponse =
  /** status 200 Successful Response */ Profile;
export type UpdateConflictApiArg = {
  conflictId: string;
  settledRequest: SettledRequest;
};
export type ListMatchesApiResponse =
  /** status 200 Successful Response */ MatchPage;
export type ListMatchesApiArg = {
  limit?: number;
  cursor?: string | null;
  postingId?: string | null;
};
export type GetMatchApiResponse = /** status 200 Successful Response */ Match;
export type GetMatchApiArg = {
  postingId: string;
};
export type ListSourcesApiResponse =
  /** status 200 Successful Response */ SourceList;
export type ListSourcesApiArg = void;
export type GetSourceApiResponse =
  /** status 200 Successful Response */ SourceDetail;
export type GetSourceApiArg = {
  sourceId: string;
};
export type ListCollectionsApiResponse =
  /** status 200 Successful Response */ LedgerList;
export type ListCollectionsApiArg = {
  sourceId: string;
  limit?: number;
  /** the id of a collection: older ones only */
  before?: string | null;
};
export type CreateCollectionApiResponse =
  /** status 202 Successful Response */ CollectionAccepted;
export type CreateCollectionApiArg = {
  sourceId: string;
};
export type UpdateSettingApiResponse =
  /** status 200 Successful Response */ Source;
export type UpdateSettingApiArg = {
  sourceId: string;
  settingRequest: SettingRequest;
};
export type UpdateSecretsApiResponse =
  /** status 200 Successful Response */ Source;
export type UpdateSecretsApiArg = {
  sourceId: string;
  secretsRequest: SecretsRequest;
};
export type DeleteSecretsApiResponse =
  /** status 200 Successful Response */ Source;
export type DeleteSecretsApiArg = {
  sourceId: string;
};
export type ListCompaniesApiResponse =
  /** status 200 Successful Response */ CompanyList;
export type ListCompaniesApiArg = {
  /** a name, a web address, or a board's address */
  q?: string;
  limit?: number;
};
export type ListOwnSourcesApiResponse =
  /** status 200 Successful Response */ OwnSourceList;
export type ListOwnSourcesApiArg = void;
export type CreateOwnSourceApiResponse =
  /** status 201 Successful Response */ OwnSource;
export type CreateOwnSourceApiArg = {
  ownSourceRequest: OwnSourceRequest;
};
export type GetOwnSourceApiResponse =
  /** status 200 Successful Response */ OwnSource;
export type GetOwnSourceApiArg = {
  sourceId: string;
};
export type UpdateOwnSourceApiResponse =
  /** status 200 Successful Response */ OwnSource;
export type UpdateOwnSourceApiArg = {
  sourceId: string;
  ownSourceRequest: OwnSourceRequest;
};
export type DeleteOwnSourceApiResponse = unknown;
export type DeleteOwnSourceApiArg = {
  sourceId: string;
  /** delete the postings that it brought, too */
  postings?: boolean;
};
export type ListOwnCollectionsApiResponse =
  /** status 200 Successful Response */ LedgerList;
export type ListOwnCollectionsApiArg = {
  sourceId: string;
  limit?: number;
};
export type CreateOwnCollectionApiResponse =
  /** status 202 Successful Response */ CollectionAccepted;
export type CreateOwnCollectionApiArg = {
  sourceId: string;
};
export type ListImportsApiResponse =
  /** status 200 Successful Response */ ImportList;
export type ListImportsApiArg = void;
export type CreateImportApiResponse =
  /** status 202 Successful Response */ Import;
export type CreateImportApiArg = {
  importRequest: ImportRequest;
};
export type GetImportApiResponse = /** status 200 Successful Response */ Import;
export type GetImportApiArg = {
  importId: string;
};
export type ListOwnPostingsApiResponse =
  /** status 200 Successful Response */ OwnPostingList;
export type ListOwnPostingsApiArg = {
  limit?: number;
  cursor?: string | null;
};
export type DeleteOwnPostingApiResponse = unknown;
export type DeleteOwnPostingApiArg = {
  postingId: string;
};
export type ListVersionsApiResponse =
  /** status 200 Successful Response */ VersionList;
export type ListVersionsApiArg = {
  postingId: string;
  limit?: number;
};
export type CreateSeparationApiResponse =
  /** status 202 Successful Response */ VersionList;
export type CreateSeparationApiArg = {
  postingId: string;
  separationRequest: SeparationRequest;
};
export type DeleteSeparationApiResponse = unknown;
export type DeleteSeparationApiArg = {
  postingId: string;
  otherId: string;
};
export type GetReadingApiResponse =
  /** status 200 Successful Response */ Reading;
export type GetReadingApiArg = {
  postingId: string;
};
export type CreateReadingApiResponse =
  /** status 202 Successful Response */ Reading;
export type CreateReadingApiArg = {
  postingId: string;
};
export type GetHealthApiResponse = /** status 200 Successful Response */ Health;
export type GetHealthApiArg = void;
export type SearchPostingsApiResponse =
  /** status 200 Successful Response */ PostingPage;
export type SearchPostingsApiArg = {
  /** words; "words that stand together"; -without */
  q?: string;
  /** the name of a place */
  place?: string | null;
  /** how far from the place */
  km?: number;
  /** ISO 3166-1 alpha-2 */
  country?: string[];
  /** remote work that may be done from this country */
  remoteFrom?: string | null;
  workMode?: WorkMode[];
  seniority?: Seniority[];
  employmentType?: EmploymentType[];
  /** source ids */
  source?: string[];
  /** ids, names or other spellings of skills; all of them must be named */
  skill?: string[];
  /** the whole name of a company, as its postings have it */
  company?: string[];
  /** USD a year */
  minPay?: number | null;
  /** with min_pay: also postings that state no pay */
  payUnknown?: boolean;
  postedWithinDays?: number | null;
  /** nearest: by the distance from the place */
  sort?: Sort;
  limit?: number;
  cursor?: string | null;
};
export type GetPostingApiResponse =
  /** status 200 Successful Response */ PostingDetail;
export type GetPostingApiArg = {
  postingId: string;
};
export type ListPostingSkillsApiResponse =
  /** status 200 Successful Response */ PostingSkills;
export type ListPostingSkillsApiArg = {
  postingId: string;
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
export type LanguageModel = {
  /** whether this deployment has one */
  available: boolean;
  allowed: boolean;
  decided_at: string | null;
  spent_microdollars: number;
  month_cap_microdollars: number;
};
export type LanguageModelRequest = {
  allowed: boolean;
};
export type Outcome =
  "answered" | "refused" | "malformed" | "truncated" | "unavailable";
export type Receipt = {
  id: string;
  at: string;
  purpose: string;
  model: string;
  input_tokens: number;
  output_tokens: number;
  microdollars: number;
  outcome: Outcome;
};
export type ReceiptList = {
  items: Receipt[];
  next_cursor: string | null;
};
export type ResumeStatus = "waiting" | "extracted" | "read" | "refused";
export type RefusalCode =
  | "empty"
  | "encrypted"
  | "corrupt"
  | "too_large"
  | "wrong_type"
  | "no_text"
  | "unsafe"
  | "unreadable_font"
  | "not_a_resume";
export type Refusal = {
  code: RefusalCode;
  reason: string;
};
export type Scanner = "tesseract" | "textract";
export type Scan = {
  by: Scanner;
  /** how sure the letters are on average, from 0 to 1 */
  confidence: number;
  /** pages that had to be read off pictures */
  pages: number;
  /** how many of them could be */
  pages_read: number;
};
export type ReadBy = "rules" | "rules and Claude";
export type Resume = {
  id: string;
  filename: string;
  content_type: string;
  size: number | null;
  status: ResumeStatus;
  refusal: Refusal | null;
  scan: Scan | null;
  read_by: ReadBy;
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
export type DocumentPage = {
  /** from 1 */
  number: number;
  width: number;
  height: number;
  /** the address of its picture, good for an hour; null where there is none */
  image: string | null;
};
export type Box = {
  x0: number;
  y0: number;
  x1: number;
  y1: number;
};
export type DocumentSpan = {
  start: number;
  end: number;
  /** from 1; null in a format without pages */
  page: number | null;
  /** null where nobody knows where it stands */
  box: Box | null;
};
export type DocumentField = {
  /** a JSON pointer into the profile: /work/0/title */
  path: string;
  value: string;
  spans: DocumentSpan[];
  /** the share of such fields that are right; null for what is derived */
  confidence: number | null;
  /** from what, where the field stands nowhere itself */
  derived_from: string | null;
};
export type LinkKind =
  | "linkedin"
  | "xing"
  | "github"
  | "gitlab"
  | "bitbucket"
  | "stackoverflow"
  | "orcid"
  | "scholar"
  | "researchgate"
  | "kaggle"
  | "huggingface"
  | "x"
  | "bluesky"
  | "medium"
  | "website"
  | "other";
export type Link = {
  kind: LinkKind;
  url: string;
};
export type Place = {
  text: string;
  city: string | null;
  region: string | null;
  country: string | null;
};
export type Skill = {
  id: string;
  name: string;
};
export type LinkedSkill = {
  skill: Skill;
  phrases: string[];
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
export type SkillUse = {
  skill: Skill;
  positions: number[];
  months: number | null;
};
export type Education = {
  institution: string | null;
  degree: string | null;
  area: string | null;
  start: string | null;
  end: string | null;
  score: string | null;
};
export type LanguageLevel =
  | "a1"
  | "a2"
  | "b1"
  | "b2"
  | "c1"
  | "c2"
  | "basic"
  | "intermediate"
  | "advanced"
  | "fluent"
  | "native";
export type Language = {
  language: string;
  code: string | null;
  fluency: string | null;
  level: LanguageLevel | null;
};
export type Certificate = {
  name: string;
  issuer: string | null;
  date: string | null;
  url: string | null;
};
export type Project = {
  name: string | null;
  url: string | null;
  description: string | null;
  start: string | null;
  end: string | null;
};
export type Publication = {
  name: string;
  publisher: string | null;
  date: string | null;
  url: string | null;
};
export type Award = {
  title: string;
  awarder: string | null;
  date: string | null;
};
export type WorkRightKind =
  | "citizen"
  | "permanent_resident"
  | "permit"
  | "authorized"
  | "needs_sponsorship";
export type WorkRight = {
  words: string;
  kind: WorkRightKind | null;
};
export type Seniority =
  "intern" | "junior" | "mid" | "senior" | "lead" | "executive";
export type ProfileFields = {
  name: string | null;
  label: string | null;
  email: string | null;
  emails: string[];
  phone: string | null;
  phones: string[];
  links: Link[];
  place: Place | null;
  summary: string | null;
  skills: Skill[];
  linked_skills: LinkedSkill[];
  other_skills: string[];
  work: Work[];
  skill_uses: SkillUse[];
  education: Education[];
  languages: Language[];
  certificates: Certificate[];
  projects: Project[];
  publications: Publication[];
  awards: Award[];
  work_rights: WorkRight[];
  seniority: Seniority | null;
  years: number | null;
};
export type ResumeDocument = {
  resume_id: string;
  filename: string;
  content_type: string;
  text: string;
  scan: Scan | null;
  pages: DocumentPage[];
  lines: DocumentSpan[];
  fields: DocumentField[];
  profile: ProfileFields;
};
export type Stated = {
  value: string;
  resume_ids: string[];
};
export type Conflict = {
  id: string;
  field: string;
  index: number | null;
  part: string | null;
  called: string | null;
  used: Stated;
  others: Stated[];
};
export type Correction = {
  field: string;
  read: string | null;
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
  read_by: ReadBy;
  resume_ids: string[];
  conflicts: Conflict[];
  settled: Conflict[];
  profile: ProfileFields;
  corrections: Correction[];
  preferences: Preferences;
  changed_at: string;
};
export type ResumesRequest = {
  resume_ids: string[];
};
export type PreferencesRequest = {
  titles?: string[];
  countries?: string[];
  work_modes?: WorkMode[];
  pay_floor?: number | null;
  pay_currency?: string;
};
export type LinkEntry = {
  url: string;
};
export type WorkEntry = {
  start?: string | null;
  end?: string | null;
  company?: string | null;
  title?: string | null;
  place?: string | null;
  current?: boolean;
  bullets?: string[];
};
export type EducationEntry = {
  start?: string | null;
  end?: string | null;
  institution?: string | null;
  degree?: string | null;
  area?: string | null;
  score?: string | null;
};
export type LanguageEntry = {
  language: string;
  fluency?: string | null;
  level?: LanguageLevel | null;
};
export type CertificateEntry = {
  name: string;
  issuer?: string | null;
  date?: string | null;
  url?: string | null;
};
export type ProjectEntry = {
  start?: string | null;
  end?: string | null;
  name?: string | null;
  url?: string | null;
  description?: string | null;
};
export type PublicationEntry = {
  name: string;
  publisher?: string | null;
  date?: string | null;
  url?: string | null;
};
export type AwardEntry = {
  title: string;
  awarder?: string | null;
  date?: string | null;
};
export type WorkRightEntry = {
  words: string;
  kind?: WorkRightKind | null;
};
export type CorrectionsRequest = {
  name?: string | null;
  label?: string | null;
  email?: string | null;
  phone?: string | null;
  links?: LinkEntry[];
  place?: string | null;
  summary?: string | null;
  skills?: string[];
  other_skills?: string[];
  work?: WorkEntry[];
  education?: EducationEntry[];
  languages?: LanguageEntry[];
  certificates?: CertificateEntry[];
  projects?: ProjectEntry[];
  publications?: PublicationEntry[];
  awards?: AwardEntry[];
  work_rights?: WorkRightEntry[];
  seniority?: Seniority | null;
  years?: number | null;
};
export type SettledRequest = {
  settled: boolean;
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
export type SourceKind = "board" | "company" | "custom" | "sample";
export type Terms = "open" | "key" | "restricted";
export type SourceStatus =
  "ok" | "stale" | "blocked" | "suspicious" | "failing" | "off" | "never";
export type Counts = {
  seen: number;
  new: number;
  changed: number;
  unchanged: number;
  duplicate: number;
  refused: number;
  gone: number;
};
export type Source = {
  id: string;
  kind: SourceKind;
  name: string;
  terms: Terms;
  conditions: string;
  homepage: string;
  attribution: string;
  on: boolean;
  accepted: boolean;
  secrets: string[];
  secrets_set: string[];
  status: SourceStatus;
  reason: string | null;
  since: string | null;
  retry_at: string | null;
  running: boolean;
  postings: number;
  duplicates: number | null;
  counts: Counts | null;
  last_run_at: string | null;
  last_ok_at: string | null;
};
export type SourceList = {
  items: Source[];
};
export type Limits = {
  between_s: number;
  per_hour: number | null;
  per_day: number | null;
  every_hours: number;
};
export type Ledger = {
  id: string;
  started_at: string;
  ended_at: string;
  status: SourceStatus;
  reason: string | null;
  counts: Counts;
  refusals: string[];
  requests: number;
};
export type SourceDetail = {
  source: Source;
  limits: Limits;
  ledgers: Ledger[];
};
export type LedgerList = {
  items: Ledger[];
};
export type CollectionAccepted = {
  id: string;
  source_id: string;
};
export type SettingRequest = {
  on: boolean;
  accepted?: boolean;
};
export type SecretsRequest = {
  values: object;
};
export type Company = {
  source_id: string;
  name: string;
  system: string;
  domains: string[];
  on: boolean;
};
export type CompanyList = {
  items: Company[];
  total: number;
};
export type Fields = {
  id: string;
  url: string;
  title: string;
  company?: string | null;
  place?: string | null;
  html?: string | null;
  pay_text?: string | null;
  employment_type?: string | null;
  posted_at?: string | null;
  apply_url?: string | null;
};
export type Cursor = {
  kind: "cursor";
  /** where the next page's cursor lies in the answer */
  path: string;
  parameter?: string;
};
export type LinkHeader = {
  kind: "link";
};
export type NoPaging = {
  kind?: "none";
};
export type Offset = {
  kind: "offset";
  parameter?: string;
};
export type PageNumber = {
  kind: "page";
  parameter?: string;
  first?: number;
};
export type CustomApi = {
  kind: "api";
  url: string;
  query?: {
    [key: string]: string;
  };
  headers?: object;
  secret_query?: {
    [key: string]: string;
  };
  secret_headers?: object;
  /** where the list of records lies in the answer */
  records?: string;
  fields: Fields;
  paging?:
    | ({
        kind: "cursor";
      } & Cursor)
    | ({
        kind: "link";
      } & LinkHeader)
    | ({
        kind: "none";
      } & NoPaging)
    | ({
        kind: "offset";
      } & Offset)
    | ({
        kind: "page";
      } & PageNumber);
  /** the most pages that one collection reads */
  pages?: number;
  /** the most requests in an hour */
  per_hour?: number;
  /** its pages list all that is open: what they lack is closed */
  complete?: boolean;
};
export type CustomBoard = {
  kind: "board";
  system: string;
  token: string;
};
export type CustomFeed = {
  kind: "feed";
  url: string;
};
export type OwnSource = {
  id: string;
  name: string;
  config:
    | ({
        kind: "api";
      } & CustomApi)
    | ({
        kind: "board";
      } & CustomBoard)
    | ({
        kind: "feed";
      } & CustomFeed);
  secrets_set: string[];
  created_at: string;
  status: SourceStatus;
  reason: string | null;
  since: string | null;
  retry_at: string | null;
  running: boolean;
  postings: number;
  counts: Counts | null;
  last_run_at: string | null;
};
export type OwnSourceList = {
  items: OwnSource[];
};
export type OwnSourceRequest = {
  name: string;
  config:
    | ({
        kind: "api";
      } & CustomApi)
    | ({
        kind: "board";
      } & CustomBoard)
    | ({
        kind: "feed";
      } & CustomFeed);
  secrets?: object;
};
export type ImportKind = "url" | "page" | "mail" | "board";
export type ImportStatus = "pending" | "done" | "failed";
export type How =
  "structured" | "system" | "layout" | "language_model" | "mail";
export type FoundBoard = {
  source_id: string;
  system: string;
  company: string;
  how: string;
  evidence: string;
};
export type Import = {
  id: string;
  kind: ImportKind;
  url: string | null;
  filename: string | null;
  subject: string | null;
  sender: string | null;
  status: ImportStatus;
  reason: string | null;
  how: How | null;
  posting_ids: string[];
  refusals: string[];
  boards: FoundBoard[];
  created_at: string;
};
export type ImportList = {
  items: Import[];
};
export type ImportRequest = {
  kind: ImportKind;
  url?: string | null;
  content?: string | null;
  filename?: string | null;
};
export type OwnPostingList = {
  items: PostingSummary[];
  next_cursor: string | null;
};
export type Event = "changed" | "closed" | "reopened";
export type ClosedReason =
  "not_listed" | "gone" | "no_longer_accepting" | "expired" | "unseen";
export type FieldChange = {
  field: string;
  old: string | null;
  new: string | null;
};
export type Version = {
  at: string;
  event: Event;
  reason: ClosedReason | null;
  changes: FieldChange[];
  words_added: number;
  words_removed: number;
  old_text: string | null;
};
export type VersionList = {
  items: Version[];
};
export type SeparationRequest = {
  posting_id: string;
};
export type ReadingStatus = "waiting" | "read" | "failed";
export type Span = {
  start: number;
  end: number;
};
export type Point = {
  text: string;
  spans: Span[];
};
export type PostingReading = {
  must_have: Point[];
  nice_to_have: Point[];
  seniority: Point[];
  benefits: Point[];
  visa: Point[];
  remote: Point[];
  summary: Point[];
};
export type Reading = {
  status: ReadingStatus;
  reason: string | null;
  reading: PostingReading | null;
};
export type Health = {
  status: "ok";
  version: string;
};
export type FoundPosting = {
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
  distance_km: number | null;
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
  employment_type: {
    [key: string]: number;
  };
  skill: {
    [key: string]: number;
  };
  age: {
    [key: string]: number;
  };
  pay: {
    [key: string]: number;
  };
};
export type SearchCoverage = {
  seen: number;
  closed: number;
  expired: number;
  duplicates: number;
  filtered: number;
};
export type Correction2 = {
  typed: string;
  searched: string;
};
export type PostingPage = {
  total: number;
  items: FoundPosting[];
  facets: Facets;
  skills: {
    [key: string]: string;
  };
  sources: {
    [key: string]: string;
  };
  coverage: SearchCoverage;
  place: Place | null;
  place_correction: Correction2 | null;
  next_cursor: string | null;
  approximate: boolean;
  corrections: Correction2[];
};
export type EmploymentType =
  | "full-time"
  | "part-time"
  | "contract"
  | "temporary"
  | "internship"
  | "apprenticeship"
  | "volunteer";
export type Sort = "relevance" | "newest" | "pay" | "nearest";
export type Demand = "required" | "preferred" | "mentioned" | "not_needed";
export type AskedSkill = {
  id: string;
  name: string;
  demand: Demand;
  years: number | null;
  learned: boolean;
  spans: Span[];
  alternatives: string[];
};
export type Eligibility =
  | "visa_offered"
  | "visa_refused"
  | "work_permit_required"
  | "citizenship_required"
  | "clearance_required"
  | "relocation_offered";
export type Life = {
  first_seen_at: string;
  last_seen_at: string | null;
  changed_at: string | null;
  versions: number;
  reposts: number;
  closed_at: string | null;
  closed_reason: ClosedReason | null;
};
export type Appearance = {
  posting_id: string;
  source: SourceName;
  company: string | null;
  title: string;
  url: string;
  attribution: string;
  first_seen_at: string;
  closed_at: string | null;
  reasons: string[];
};
export type Evidence = {
  kind: string;
  text: string;
};
export type PostingDetail = {
  id: string;
  title: string;
  company: string | null;
  places: Place[];
  work_mode: WorkMode | null;
  pay: Pay | null;
  seniority: Seniority | null;
  skills: AskedSkill[];
  posted_at: string | null;
  url: string;
  source: SourceName;
  attribution: string;
  sample: boolean;
  description_html: string;
  description_text: string;
  apply_url: string | null;
  role: string | null;
  employment_type: string | null;
  eligibility: Eligibility[];
  remote_countries: string[];
  language: string | null;
  expires_at: string | null;
  fetched_at: string;
  private: boolean;
  life: Life;
  appearances: Appearance[];
  separated: Appearance[];
  evidence: Evidence[];
};
export type FoundKind = "skill" | "knowledge";
export type FoundBy = "named" | "linked" | "phrase";
export type PostingSkill = {
  /** of the taxonomy; null for a phrase that it does not know */
  skill: Skill | null;
  phrase: string;
  kind: FoundKind;
  found_by: FoundBy;
  /** how sure this is, from 0 to 1 */
  confidence: number;
  demand: Demand;
  years: number | null;
  learned: boolean;
  spans: Span[];
  /** the person's profile has the skill, or one that implies it */
  in_profile: boolean;
};
export type PostingSkills = {
  version: string;
  items: PostingSkill[];
};
export const {
  useCreateAccountMutation,
  useCreateSessionMutation,
  useGetMeQuery,
  useGetLanguageModelQuery,
  useSetLanguageModelMutation,
  useListLlmReceiptsQuery,
  useListResumesQuery,
  useCreateResumeMutation,
  useGetResumeQuery,
  useGetResumeDocumentQuery,
  useGetProfileQuery,
  useUpdateProfileResumesMutation,
  useUpdatePreferencesMutation,
  useUpdateCorrectionsMutation,
  useUpdateConflictMutation,
  useListMatchesQuery,
  useGetMatchQuery,
  useListSourcesQuery,
  useGetSourceQuery,
  useListCollectionsQuery,
  useCreateCollectionMutation,
  useUpdateSettingMutation,
  useUpdateSecretsMutation,
  useDeleteSecretsMutation,
  useListCompaniesQuery,
  useListOwnSourcesQuery,
  useCreateOwnSourceMutation,
  useGetOwnSourceQuery,
  useUpdateOwnSourceMutation,
  useDeleteOwnSourceMutation,
  useListOwnCollectionsQuery,
  useCreateOwnCollectionMutation,
  useListImportsQuery,
  useCreateImportMutation,
  useGetImportQuery,
  useListOwnPostingsQuery,
  useDeleteOwnPostingMutation,
  useListVersionsQuery,
  useCreateSeparationMutation,
  useDeleteSeparationMutation,
  useGetReadingQuery,
  useCreateReadingMutation,
  useGetHealthQuery,
  useSearchPostingsQuery,
  useGetPostingQuery,
  useListPostingSkillsQuery,
} = injectedRtkApi;
