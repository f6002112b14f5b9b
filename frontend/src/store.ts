import { combineReducers, configureStore, createListenerMiddleware } from "@reduxjs/toolkit";
import { setupListeners } from "@reduxjs/toolkit/query";
import { useDispatch, useSelector } from "react-redux";
import { baseApi } from "./api/base";
import { keep, recall } from "./session/keep";
import { sessionBegun, sessionEnded, sessionReducer } from "./session/slice";
import { uploadReducer } from "./upload/slice";

const reducer = combineReducers({
  session: sessionReducer,
  upload: uploadReducer,
  [baseApi.reducerPath]: baseApi.reducer,
});

// Browsers hold timers in 32 bits of milliseconds.
const longestTimer = 2 ** 31 - 1;

/** A store of its own, so that each test has one. */
export function makeStore() {
  const listener = createListenerMiddleware();
  const store = configureStore({
    reducer,
    middleware: (defaults) => defaults().prepend(listener.middleware).concat(baseApi.middleware),
  });
  let timer: ReturnType<typeof setTimeout> | undefined;
  listener.startListening({
    actionCreator: sessionBegun,
    effect: ({ payload }) => {
      keep(payload);
      clearTimeout(timer);
      const left = Math.min(payload.expiresAt - Date.now(), longestTimer);
      timer = setTimeout(() => store.dispatch(sessionEnded("expired")), Math.max(left, 0));
    },
  });
  listener.startListening({
    actionCreator: sessionEnded,
    effect: () => {
      clearTimeout(timer);
      keep(null);
      // Nothing of one person may be seen by the next one at the same screen.
      store.dispatch(baseApi.util.resetApiState());
    },
  });
  // Queries that poll stop while nobody looks.
  setupListeners(store.dispatch);
  const session = recall(Date.now());
  if (session !== null) store.dispatch(sessionBegun(session));
  return store;
}

export type Store = ReturnType<typeof makeStore>;
export type State = ReturnType<typeof reducer>;
export type Dispatch = Store["dispatch"];

export const useAppDispatch = useDispatch.withTypes<Dispatch>();
export const useAppSelector = useSelector.withTypes<State>();
