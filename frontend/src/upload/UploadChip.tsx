import { Badge, Loader } from "@mantine/core";
import { Link, useLocation } from "react-router";
import { useAppSelector } from "../store";

/** While a resume is on its way, every page says so and leads to it. */
export function UploadChip() {
  const { step, failure, percent } = useAppSelector((state) => state.upload);
  const { pathname } = useLocation();
  if (step === null || step === "done" || failure !== null || pathname === "/resume") return null;
  const words = step === "uploading" ? `Uploading ${percent} %` : step === "ranking" ? "Ranking" : "Reading";
  return (
    <Badge
      component={Link}
      to="/resume"
      variant="light"
      tt="none"
      size="lg"
      style={{ cursor: "pointer", flex: "none" }}
      leftSection={<Loader size={12} aria-hidden />}
    >
      {words}
    </Badge>
  );
}
