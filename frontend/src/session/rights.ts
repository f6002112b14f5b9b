import { useGetMeQuery } from "../api";
import { useDemoLogin } from "./demo";

/** Whether the person may decide for everybody: administrators may, and everybody on their own machine. */
export function useAdministers(): boolean {
  const { data: me } = useGetMeQuery();
  const local = useDemoLogin() !== null;
  return me?.role === "admin" || local;
}
