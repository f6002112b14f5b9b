import { Text } from "@mantine/core";
import type { Scan } from "../api";

/** What somebody should know of a text that was read off pictures. */
export function ScanNotice({ scan: { confidence, pages, pages_read: read } }: { scan: Scan }) {
  const sure = `Read from a scan or photo, about ${Math.round(confidence * 100)} % sure. Letters, numbers and addresses may be wrong: check your profile.`;
  return (
    <Text size="sm" data-testid="scan-notice">
      {read < pages ? `${sure} Only ${read} of ${pages} scanned pages could be read.` : sure}
    </Text>
  );
}
