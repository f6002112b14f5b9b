import type { MatchPage, OwnPostingList, PostingPage, SearchPostingsApiArg } from "./generated";
import { generatedApi } from "./generated";

// The client's hooks cover one page; lists that grow by their cursor are the only endpoints added by hand.
const limits = { matches: 25, postings: 20, own: 100 } as const;

export type PostingFilters = Omit<SearchPostingsApiArg, "limit" | "cursor">;

export const api = generatedApi
  .enhanceEndpoints({
    endpoints: {
      // New preferences rank everything anew, and so do corrections and other resumes.
      updateCorrections: { invalidatesTags: ["profile", "matches"] },
      updateProfileResumes: { invalidatesTags: ["profile", "matches"] },
      updateConflict: { invalidatesTags: ["profile", "matches"] },
      updatePreferences: { invalidatesTags: ["profile", "matches"] },
      // A resume appears among the others as it is, long before it is read.
      createAccount: { invalidatesTags: [] },
      createSession: { invalidatesTags: [] },
      deleteOwnPosting: { invalidatesTags: ["own postings", "matches"] },
    },
  })
  .injectEndpoints({
    endpoints: (build) => ({
      allMatches: build.infiniteQuery<MatchPage, void, string | null>({
        infiniteQueryOptions: { initialPageParam: null, getNextPageParam: (last) => last.next_cursor ?? undefined },
        query: ({ pageParam }) => ({
          url: "/api/v1/matches",
          params: { limit: limits.matches, cursor: pageParam ?? undefined },
        }),
        providesTags: ["matches"],
      }),
      allPostings: build.infiniteQuery<PostingPage, PostingFilters, string | null>({
        infiniteQueryOptions: { initialPageParam: null, getNextPageParam: (last) => last.next_cursor ?? undefined },
        query: ({ queryArg, pageParam }) => ({
          url: "/api/v1/postings",
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
            limit: limits.postings,
            cursor: pageParam ?? undefined,
          },
        }),
        providesTags: ["postings"],
      }),
      allOwnPostings: build.infiniteQuery<OwnPostingList, void, string | null>({
        infiniteQueryOptions: { initialPageParam: null, getNextPageParam: (last) => last.next_cursor ?? undefined },
        query: ({ pageParam }) => ({
          url: "/api/v1/own-postings",
          params: { limit: limits.own, cursor: pageParam ?? undefined },
        }),
        providesTags: ["own postings"],
      }),
    }),
  });

export const {
  useAllMatchesInfiniteQuery,
  useAllOwnPostingsInfiniteQuery,
  useAllPostingsInfiniteQuery,
  useCreateAccountMutation,
  useCreateCollectionMutation,
  useCreateImportMutation,
  useCreateOwnCollectionMutation,
  useCreateOwnSourceMutation,
  useCreateReadingMutation,
  useCreateSeparationMutation,
  useCreateSessionMutation,
  useDeleteOwnPostingMutation,
  useDeleteOwnSourceMutation,
  useDeleteSecretsMutation,
  useDeleteSeparationMutation,
  useGetHealthQuery,
  useGetImportQuery,
  useGetLanguageModelQuery,
  useGetMeQuery,
  useGetPostingQuery,
  useGetProfileQuery,
  useGetReadingQuery,
  useGetResumeDocumentQuery,
  useGetResumeQuery,
  useGetSourceQuery,
  useListCompaniesQuery,
  useListImportsQuery,
  useListLlmReceiptsQuery,
  useListMatchesQuery,
  useListPostingSkillsQuery,
  useListOwnCollectionsQuery,
  useListOwnSourcesQuery,
  useListResumesQuery,
  useListSourcesQuery,
  useListVersionsQuery,
  useSetLanguageModelMutation,
  useUpdateOwnSourceMutation,
  useUpdateConflictMutation,
  useUpdateCorrectionsMutation,
  useUpdatePreferencesMutation,
  useUpdateProfileResumesMutation,
  useUpdateSecretsMutation,
  useUpdateSettingMutation,
} = api;

export type * from "./generated";
