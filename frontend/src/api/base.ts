import { createApi, fetchBaseQuery } from "@reduxjs/toolkit/query/react";
import type { BaseQueryFn, FetchArgs, FetchBaseQueryError } from "@reduxjs/toolkit/query";
import { type SessionState, sessionEnded } from "../session/slice";

/** Parameters as the API reads them: one pair for each value of a list, and none for what is not said. */
function inAddress(params: Record<string, unknown>): string {
  const pairs = Object.entries(params).flatMap(([name, value]) =>
    [value ?? []].flat().map((one) => [name, String(one)]),
  );
  return new URLSearchParams(pairs).toString();
}

const send = fetchBaseQuery({
  baseUrl: window.location.origin,
  timeout: 30_000,
  paramsSerializer: inAddress,
  prepareHeaders: (headers, { getState }) => {
    const { session } = getState() as { session: SessionState };
    if (session.token !== null) headers.set("authorization", `Bearer ${session.token}`);
    return headers;
  },
  // Errors come as application/problem+json, which the default reader would leave as text.
  responseHandler: async (response) => {
    const text = await response.text();
    const json = response.headers.get("content-type")?.includes("json") ?? false;
    return json && text !== "" ? (JSON.parse(text) as unknown) : text;
  },
});

/** A 401 anywhere but at the sign-in itself means that the token has expired: the session ends. */
const sendOrSignOut: BaseQueryFn<string | FetchArgs, unknown, FetchBaseQueryError> = async (args, api, extra) => {
  const sentWith = (api.getState() as { session: SessionState }).session.token;
  const result = await send(args, api, extra);
  // A late answer to an older token must not end the session that was begun since.
  const current = (api.getState() as { session: SessionState }).session.token;
  if (result.error?.status === 401 && sentWith !== null && sentWith === current && api.endpoint !== "createSession") {
    api.dispatch(sessionEnded("expired"));
  }
  return result;
};

export const baseApi = createApi({
  reducerPath: "api",
  baseQuery: sendOrSignOut,
  endpoints: () => ({}),
});
