import { Anchor, Checkbox, Group, Input, NumberInput, Select, Stack, Text, TextInput } from "@mantine/core";
import { faultAt, type ProblemInWords } from "../../api/problem";
import { type ApiDraft, type FieldName, fieldNames, neededFields, type Pair, type PagingKind } from "./ownForm";
import { listFault, pairFault, secretFault } from "./ownFaults";
import { Pairs, SecretPairs } from "./Pairs";
import classes from "./SourcesPage.module.css";

const labels: Record<FieldName, string> = {
  id: "Id",
  url: "Web address",
  title: "Title",
  company: "Company",
  place: "Place",
  html: "Text (HTML)",
  pay_text: "Pay",
  employment_type: "Employment",
  posted_at: "Posted on",
  apply_url: "Where to apply",
};

const pagings: { value: PagingKind; label: string }[] = [
  { value: "none", label: "All in one answer" },
  { value: "page", label: "Page numbers" },
  { value: "offset", label: "Offset: how many came before" },
  { value: "cursor", label: "A cursor in each answer" },
  { value: "link", label: "The header Link (rel=next)" },
];

interface Props {
  api: ApiDraft;
  set: string[];
  problem: ProblemInWords | null;
  onChange: (change: Partial<ApiDraft>) => void;
}

function Paging({ api, problem, onChange }: Omit<Props, "set">) {
  const at = (name: string) => faultAt(problem, `config.api.paging.${api.paging}.${name}`);
  const ofPart = at("parameter") ?? at("path");
  const counts = api.paging === "page" || api.paging === "offset" || api.paging === "cursor";
  return (
    <div className={classes.fields}>
      <Select
        label="Further pages"
        allowDeselect={false}
        data={pagings}
        value={api.paging}
        error={ofPart === undefined ? faultAt(problem, "config.api.paging") : undefined}
        onChange={(paging) => onChange({ paging: paging as PagingKind })}
      />
      {counts && (
        <TextInput
          label="Parameter"
          placeholder={api.paging}
          maxLength={100}
          value={api.parameter}
          error={at("parameter")}
          onChange={(event) => onChange({ parameter: event.currentTarget.value })}
        />
      )}
      {api.paging === "page" && (
        <Select
          label="First page"
          allowDeselect={false}
          data={["0", "1"]}
          value={String(api.first)}
          onChange={(first) => onChange({ first: Number(first) })}
        />
      )}
      {api.paging === "cursor" && (
        <TextInput
          label="Where the cursor lies"
          placeholder="meta.next"
          maxLength={300}
          value={api.cursorPath}
          error={at("path")}
          onChange={(event) => onChange({ cursorPath: event.currentTarget.value })}
        />
      )}
      <NumberInput
        label="Pages at most"
        min={1}
        max={100}
        allowDecimal={false}
        value={api.pages}
        error={faultAt(problem, "config.api.pages")}
        onChange={(pages) => typeof pages === "number" && onChange({ pages })}
      />
      <NumberInput
        label="Requests an hour at most"
        min={1}
        max={1000}
        allowDecimal={false}
        value={api.perHour}
        error={faultAt(problem, "config.api.per_hour")}
        onChange={(perHour) => typeof perHour === "number" && onChange({ perHour })}
      />
      <Checkbox
        label="Its pages list all that is open"
        description="What they no longer list is then closed at once."
        checked={api.complete}
        onChange={(event) => onChange({ complete: event.currentTarget.checked })}
      />
    </div>
  );
}

/** The part of the form that says how an API is asked, and where in its answer the postings lie. */
export function ApiFields({ api, set, problem, onChange }: Props) {
  const at = (path: string) => faultAt(problem, `config.api.${path}`);
  // What is said beside its own row is not said again above all of them.
  const rowsOf = (field: "query" | "headers") => {
    const faultOf = (pair: Pair) => pairFault(problem, field, pair);
    return { faultOf, error: listFault(problem, [`config.api.${field}`], api[field].map(faultOf)) };
  };
  const ofSecrets = ["config.api.secret_headers", "config.api.secret_query", "secrets"];
  return (
    <Stack gap="md">
      <TextInput
        label="Address"
        description="May hold {page}, {offset} or {cursor}"
        placeholder="https://api.example.com/jobs"
        required
        withAsterisk={false}
        maxLength={2000}
        value={api.url}
        error={at("url")}
        onChange={(event) => onChange({ url: event.currentTarget.value })}
      />
      <Pairs
        label="Parameters"
        description="Added to the address"
        noun="parameter"
        pairs={api.query}
        {...rowsOf("query")}
        most={30}
        onChange={(query) => onChange({ query })}
      />
      <Pairs
        label="Headers"
        description="Sent with each request"
        noun="header"
        pairs={api.headers}
        {...rowsOf("headers")}
        most={20}
        onChange={(headers) => onChange({ headers })}
      />
      <SecretPairs
        pairs={api.secrets}
        set={set}
        error={listFault(problem, ofSecrets, api.secrets.map((pair) => secretFault(problem, pair)))}
        faultOf={(pair) => secretFault(problem, pair)}
        onChange={(secrets) => onChange({ secrets })}
      />
      <TextInput
        label="Where the postings lie"
        description={
          <>
            A{" "}
            <Anchor href="https://jmespath.org/" target="_blank" rel="noopener" inherit underline="always">
              JMESPath
            </Anchor>{" "}
            expression that gives the list: “data.jobs”, or “@” where the answer itself is the list
          </>
        }
        maxLength={300}
        value={api.records}
        error={at("records")}
        onChange={(event) => onChange({ records: event.currentTarget.value })}
      />
      <Input.Wrapper
        label="Where each field lies in one posting"
        labelElement="div"
        description="JMESPath again. What is left empty stays unknown."
      >
        <div className={classes.fields} style={{ marginTop: 8 }} role="group" aria-label="Fields">
          {fieldNames.map((name) => (
            <TextInput
              key={name}
              label={labels[name]}
              required={neededFields.includes(name)}
              maxLength={300}
              value={api.fields[name]}
              error={at(`fields.${name}`)}
              onChange={(event) => onChange({ fields: { ...api.fields, [name]: event.currentTarget.value } })}
            />
          ))}
        </div>
      </Input.Wrapper>
      <Paging api={api} problem={problem} onChange={onChange} />
      <Group gap={4}>
        <Text size="xs" c="dimmed">
          Addresses inside a private network are refused.
        </Text>
      </Group>
    </Stack>
  );
}
