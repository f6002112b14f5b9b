import { type CSSProperties, useState } from "react";
import type { Box, DocumentPage, ResumeDocument } from "../../api";
import type { ShownField } from "./fields";
import { fieldInWords } from "./fields";
import { type Light, whilePointed } from "./lit";
import type { Piece, Place } from "./places";
import classes from "./Document.module.css";

const share = (value: number) => `${(value * 100).toFixed(3)}%`;

function at({ x0, y0, x1, y1 }: Box): CSSProperties {
  return { left: share(x0), top: share(y0), width: share(x1 - x0), height: share(y1 - y0) };
}

/** The letters that a font needs to be as high as its line. */
const ofLine = 0.8;

/** A page that has no picture: its lines, each where it stands. */
function Lines({ page, document }: { page: DocumentPage; document: ResumeDocument }) {
  const letters = Array.from(document.text);
  return document.lines
    .filter((line) => line.page === page.number && line.box !== null)
    .map(({ start, end, box }) => {
      const high = box === null ? 0 : (box.y1 - box.y0) * (page.height / page.width) * ofLine;
      return (
        <span key={start} className={classes.line} dir="auto" style={{ ...(box === null ? {} : at(box)), fontSize: `${high * 100}cqw` }}>
          {letters.slice(start, end).join("")}
        </span>
      );
    });
}

/** What lights when a place is pointed at: the field that was chosen there already, else the first. */
function pointed(paths: string[], chosen: string | null): string | null {
  return paths.find((path) => path === chosen) ?? paths[0] ?? null;
}

/** A second click on a place that several fields were read from goes to the next of them. */
function clicked(paths: string[], chosen: string | null): string | null {
  const next = paths.findIndex((path) => path === chosen) + 1;
  return paths[next % paths.length] ?? null;
}

function sureness(paths: string[], fields: Map<string, ShownField>): string | undefined {
  return fields.get(paths[0] ?? "")?.sureness ?? undefined;
}

/** A place in words: what was read there, and how surely. */
function inWords(paths: string[], fields: Map<string, ShownField>): string {
  const found = paths.map((path) => fields.get(path)).filter((field) => field !== undefined);
  return found.map(fieldInWords).join("; ");
}

interface PageProps {
  page: DocumentPage;
  document: ResumeDocument;
  places: Place[];
  fields: Map<string, ShownField>;
  light: Light;
  onBroken: () => void;
}

/** A page's picture with the places of its fields over it. The fields beside it do the same for keys. */
export function Page({ page, document, places, fields, light, onBroken }: PageProps) {
  const [broken, setBroken] = useState<string | null>(null);
  const { number, width, height, image } = page;
  return (
    <div className={classes.page} style={{ aspectRatio: `${width} / ${height}` }} data-page={number}>
      {image === null || broken === image ? (
        <Lines page={page} document={document} />
      ) : (
        <img
          src={image}
          alt={`Page ${number} of ${document.filename}`}
          width={Math.round(width)}
          height={Math.round(height)}
          // The first is to be seen at once.
          loading={number === 1 ? "eager" : "lazy"}
          decoding="async"
          draggable={false}
          onError={() => {
            setBroken(image);
            onBroken();
          }}
        />
      )}
      {places.map(({ key, box, paths }) => (
        <button
          key={key}
          type="button"
          tabIndex={-1}
          className={classes.place}
          style={at(box)}
          data-sureness={sureness(paths, fields)}
          data-lit={(light.path !== null && paths.includes(light.path)) || undefined}
          aria-label={inWords(paths, fields)}
          {...whilePointed(light, () => pointed(paths, light.chosen), "document")}
          onClick={() => light.choose(clicked(paths, light.chosen), "document")}
        />
      ))}
    </div>
  );
}

interface TextProps {
  pieces: Piece[];
  fields: Map<string, ShownField>;
  light: Light;
}

/** The text as it was read, with what became a field marked. */
export function PaperText({ pieces, fields, light }: TextProps) {
  return (
    <div className={classes.text} dir="auto">
      {pieces.map(({ start, text, paths }) =>
        paths.length === 0 ? (
          text
        ) : (
          <mark
            key={start}
            data-sureness={sureness(paths, fields)}
            data-lit={(light.path !== null && paths.includes(light.path)) || undefined}
            title={inWords(paths, fields)}
            {...whilePointed(light, () => pointed(paths, light.chosen), "document")}
            onClick={() => light.choose(clicked(paths, light.chosen), "document")}
          >
            {text}
          </mark>
        ),
      )}
    </div>
  );
}
