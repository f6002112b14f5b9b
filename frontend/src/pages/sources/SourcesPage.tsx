import { NavLink, Outlet } from "react-router";
import { PageHead } from "../../components/PageHead";
import classes from "./SourcesPage.module.css";

const parts = [
  { to: "/sources", label: "For everybody" },
  { to: "/sources/companies", label: "Companies" },
  { to: "/sources/own", label: "My sources" },
];

/** Where postings come from: everybody's sources, the companies' boards that are known, and the person's own. */
export function SourcesPage() {
  return (
    <>
      <PageHead title="Sources" lead="Where postings come from. Each is read politely, and credited with every posting." />
      <nav className={classes.parts} aria-label="Kinds of sources">
        {parts.map(({ to, label }) => (
          <NavLink key={to} to={to} end className={classes.part ?? ""}>
            {label}
          </NavLink>
        ))}
      </nav>
      <Outlet />
      <footer className={classes.notices}>
        <p>
          Skills are named by tables of our own and by others. This product includes information from the O*NET 29.3
          Database by the U.S. Department of Labor, Employment and Training Administration (USDOL/ETA). Used under the{" "}
          <a href="https://creativecommons.org/licenses/by/4.0/">CC BY 4.0</a> license. This service uses the ESCO
          classification of the European Commission.
        </p>
      </footer>
    </>
  );
}
