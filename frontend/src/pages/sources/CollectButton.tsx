import { Button } from "@mantine/core";
import { Icon } from "../../components/Icon";

interface Props {
  name: string;
  busy: boolean;
  onCollect: () => void;
}

export function CollectButton({ name, busy, onCollect }: Props) {
  return (
    <Button
      size="xs"
      variant="light"
      style={{ flex: "none" }}
      loading={busy}
      leftSection={<Icon name="refresh" size={15} />}
      aria-label={`Collect now from ${name}`}
      onClick={onCollect}
    >
      Collect now
    </Button>
  );
}
