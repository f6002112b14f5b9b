import { createSlice, type PayloadAction } from "@reduxjs/toolkit";
import { sessionEnded } from "../session/slice";

/** How far an upload has come, in the order in which it happens. */
export const steps = ["requested", "uploading", "extracting", "reading", "ranking", "done"] as const;
export type Step = (typeof steps)[number];

export interface UploadState {
  filename: string | null;
  step: Step | null;
  percent: number;
  /** Why it ended early: a refused file, or something that can be tried again. */
  failure: { kind: "refused" | "failed"; reason: string } | null;
  /** The work goes on, but longer than usual. */
  slow: boolean;
}

const idle: UploadState = { filename: null, step: null, percent: 0, failure: null, slow: false };

const slice = createSlice({
  name: "upload",
  initialState: idle,
  reducers: {
    uploadBegun: (_state, { payload }: PayloadAction<string>): UploadState => ({
      ...idle,
      filename: payload,
      step: "requested",
    }),
    stepReached: (state, { payload }: PayloadAction<Step>) => {
      state.step = payload;
      state.slow = false;
    },
    percentSent: (state, { payload }: PayloadAction<number>) => {
      state.percent = payload;
    },
    uploadSlow: (state) => {
      state.slow = true;
    },
    uploadEnded: (state, { payload }: PayloadAction<NonNullable<UploadState["failure"]>>) => {
      state.failure = payload;
    },
    uploadCleared: () => idle,
  },
  extraReducers: (builder) => builder.addCase(sessionEnded, () => idle),
});

export const { uploadBegun, stepReached, percentSent, uploadSlow, uploadEnded, uploadCleared } = slice.actions;
export const uploadReducer = slice.reducer;
