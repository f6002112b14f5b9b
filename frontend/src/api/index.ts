import type { MatchPage, PostingPage, SearchPostingsApiArg } from "./generated";
import { generatedApi } from "./generated";

// The client's hooks cover one page; lists that grow by their cursor are the only endpoints added by hand.
const limits = { matches: 25, postings: 20 } as const;

export type PostingFilters = Omit<SearchPostingsApiArg, "limit" | "cursor">;

export const api = generatedApi
  .enhanceEndpoints({
    endpoints: {
      // New preferences rank everything anew.
      updatePreferences: { invalidatesTags: ["profile", "matches"] },
      // A resume appears among the others as it is, long before it is read.
      createAccount: { invalidatesTags: [] },
      createSession: { invalidatesTags: [] },
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
            country: queryArg.country,
            work_mode: queryArg.workMode,
            seniority: queryArg.seniority,
            source: queryArg.source,
            min_pay: queryArg.minPay,
            sort: queryArg.sort,
            limit: limits.postings,
            cursor: pageParam ?? undefined,
          },
        }),
        providesTags: ["postings"],
      }),
    }),
  });

export const {
  useAllMatchesInfiniteQuery,
  useAllPostingsInfiniteQuery,
  useCreateAccountMutation,
  useCreateCollectionMutation,
  useCreateSessionMutation,
  useGetHealthQuery,
  useGetMatchQuery,
  useGetPostingQuery,
  useGetProfileQuery,
  useListMatchesQuery,
  useListResumesQuery,
  useListSourcesQuery,
  useUpdatePreferencesMutation,
} = api;

export type * from "./generated";
