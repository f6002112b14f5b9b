import type { ReactNode } from "react";
import { Navigate, useLocation } from "react-router";
import { useAppSelector } from "../store";

/** Its children are for people who are signed in; everybody else is led to the sign-in and back. */
export function SignedIn({ children }: { children: ReactNode }) {
  const signedIn = useAppSelector((state) => state.session.token !== null);
  const left = useAppSelector((state) => state.session.endReason === "left");
  const { pathname, search } = useLocation();
  if (signedIn) return children;
  const from = left ? "/" : pathname + search;
  return <Navigate to="/sign-in" replace state={{ from }} />;
}
