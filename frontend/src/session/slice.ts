import { createSlice, type PayloadAction } from "@reduxjs/toolkit";

/** Who is signed in. `endReason` tells the sign-in page why the last session is over. */
export interface SessionState {
  token: string | null;
  expiresAt: number;
  person: { id: string; email: string; name: string | null } | null;
  endReason: "expired" | "left" | null;
}

export interface NewSession {
  token: string;
  expiresAt: number;
  person: { id: string; email: string; name: string | null };
}

const nobody: SessionState = { token: null, expiresAt: 0, person: null, endReason: null };

const slice = createSlice({
  name: "session",
  initialState: nobody,
  reducers: {
    sessionBegun: (_state, { payload }: PayloadAction<NewSession>): SessionState => ({ ...payload, endReason: null }),
    sessionEnded: (_state, { payload }: PayloadAction<"expired" | "left">): SessionState => ({
      ...nobody,
      endReason: payload,
    }),
  },
});

export const { sessionBegun, sessionEnded } = slice.actions;
export const sessionReducer = slice.reducer;
