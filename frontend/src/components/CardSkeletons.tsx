import { Group, Skeleton, Stack, VisuallyHidden } from "@mantine/core";

/** Grey shapes where cards will be. */
export function CardSkeletons({ cards = 4, ring = false }: { cards?: number; ring?: boolean }) {
  return (
    <Stack gap="md" role="status" data-testid="skeletons">
      <VisuallyHidden>Loading</VisuallyHidden>
      {Array.from({ length: cards }, (_, index) => (
        <Group key={index} className="card" p="lg" wrap="nowrap" align="flex-start" aria-hidden>
          {ring && <Skeleton circle height={56} style={{ flex: "none" }} />}
          <Stack gap="sm" style={{ flex: 1 }}>
            <Skeleton height={18} width="55%" />
            <Skeleton height={12} width="75%" />
            <Skeleton height={8} mt={6} />
            <Group gap={6}>
              <Skeleton height={20} width={64} />
              <Skeleton height={20} width={84} />
              <Skeleton height={20} width={56} />
            </Group>
          </Stack>
        </Group>
      ))}
    </Stack>
  );
}
