import { useGetMeQuery } from "../api";

/** Whether the person may decide for everybody: administrators may, and everybody on their own machine. */
export function useAdministers(): boolean {
  return useGetMeQuery().data?.role === "admin";
}
