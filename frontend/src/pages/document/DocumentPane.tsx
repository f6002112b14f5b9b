import { ActionIcon, Group, SegmentedControl, Text } from "@mantine/core";
import { useMemo, useRef, useState } from "react";
import type { ResumeDocument } from "../../api";
import { Icon } from "../../components/Icon";
import type { ShownField } from "./fields";
import { type Light, useFollow } from "./lit";
import { Page, PaperText } from "./Paper";
import { piecesOf, placesOf } from "./places";
import classes from "./Document.module.css";

const zooms = [0.5, 0.75, 1, 1.25, 1.5, 2, 3];
const fit = 1;

function Zoom({ zoom, onZoom }: { zoom: number; onZoom: (zoom: number) => void }) {
  const less = zooms.findLast((one) => one < zoom);
  const more = zooms.find((one) => one > zoom);
  return (
    <Group gap={4} wrap="nowrap" role="group" aria-label="Size of the document">
      <ActionIcon variant="default" aria-label="Smaller" disabled={less === undefined} onClick={() => onZoom(less ?? zoom)}>
        <Icon name="minus" size={16} />
      </ActionIcon>
      <Text size="xs" c="dimmed" className="numbers" w={40} ta="center" aria-live="polite">
        {Math.round(zoom * 100)} %
      </Text>
      <ActionIcon variant="default" aria-label="Larger" disabled={more === undefined} onClick={() => onZoom(more ?? zoom)}>
        <Icon name="plus" size={16} />
      </ActionIcon>
      <ActionIcon variant="default" aria-label="Fit the width" title="Fit the width" disabled={zoom === fit} onClick={() => onZoom(fit)}>
        <Icon name="width" size={16} />
      </ActionIcon>
    </Group>
  );
}

interface Props {
  document: ResumeDocument;
  /** The fields that are shown beside it; only these have places. */
  fields: ShownField[];
  light: Light;
  onBroken: () => void;
}

/** The document as it was sent in: its pages, or where it has none its text. */
export function DocumentPane({ document, fields, light, onBroken }: Props) {
  const paged = document.pages.length > 0;
  const [view, setView] = useState(paged ? "pages" : "text");
  const [zoom, setZoom] = useState(fit);
  const pane = useRef<HTMLDivElement>(null);
  const byPath = useMemo(() => new Map(fields.map((field) => [field.path, field])), [fields]);
  const paths = useMemo(() => new Set(byPath.keys()), [byPath]);
  const places = useMemo(() => placesOf(document, paths), [document, paths]);
  const pieces = useMemo(() => piecesOf(document.text, document.fields, paths), [document, paths]);
  useFollow(pane, light, `${view} ${zoom}`);
  return (
    <section className={`card ${classes.pane}`} aria-label="Document">
      <Group className={classes.tools} justify="space-between" gap="xs" wrap="nowrap">
        {paged ? (
          <SegmentedControl
            size="xs"
            value={view}
            onChange={setView}
            aria-label="Show the document as"
            data={[
              { value: "pages", label: document.pages.length === 1 ? "Page" : `${document.pages.length} pages` },
              { value: "text", label: "Text" },
            ]}
          />
        ) : (
          <Text size="sm" c="dimmed">
            The text of this file
          </Text>
        )}
        <Zoom zoom={zoom} onZoom={setZoom} />
      </Group>
      {/* Somebody without a mouse scrolls it by its keys. */}
      <div className={classes.desk} ref={pane} tabIndex={0} role="group" aria-label={`${document.filename}, as it was read`}>
        {view === "pages" ? (
          <div className={classes.sheets} style={{ width: `${zoom * 100}%` }}>
            {document.pages.map((page) => (
              <Page
                key={page.number}
                page={page}
                document={document}
                places={places.filter((place) => place.page === page.number)}
                fields={byPath}
                light={light}
                onBroken={onBroken}
              />
            ))}
          </div>
        ) : (
          <div style={{ fontSize: `${zoom}em` }}>
            <PaperText pieces={pieces} fields={byPath} light={light} />
          </div>
        )}
      </div>
    </section>
  );
}
