import { css } from 'lit';

/** Labels, fields and tables of settings and forms. */
export const formStyles = css`
  label {
    display: grid;
    gap: 4px;
    font-weight: 600;
  }
  input,
  select,
  textarea {
    min-height: var(--target);
    min-width: 0;
    width: 100%;
    padding: 8px 12px;
    border: 1px solid var(--line);
    border-radius: var(--radius-small);
    background: var(--bg);
    color: var(--text);
    font: inherit;
    font-weight: 400;
  }
  textarea {
    font: 14px/1.5 ui-monospace, "SF Mono", Consolas, "Liberation Mono", monospace;
  }
  input:focus-visible,
  select:focus-visible,
  textarea:focus-visible {
    outline: 3px solid var(--primary);
    outline-offset: 2px;
  }
  .button:disabled {
    opacity: 0.6;
    cursor: default;
  }
  .stack {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 12px;
    justify-items: start;
  }
  .stack > * {
    max-width: 100%;
  }
  .stack > form,
  .stack > label,
  .stack > [role="status"] {
    width: 100%;
  }
  section + section {
    margin-top: 24px;
  }
  h3 {
    margin: 8px 0 0;
    font-size: 16px;
  }
  .stack > h2 {
    margin: 0;
  }
  .fields {
    display: flex;
    flex-wrap: wrap;
    align-items: end;
    gap: 12px;
    width: 100%;
  }
  .fields label {
    flex: 1 1 160px;
  }
  .line {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: 8px;
    align-items: start;
    width: 100%;
  }
  .line pre {
    min-height: var(--target);
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  .table {
    width: 100%;
    overflow-x: auto;
  }
  table {
    width: 100%;
    border-collapse: collapse;
    font-size: 14px;
  }
  th,
  td {
    padding: 8px 8px 8px 0;
    border-bottom: 1px solid var(--line);
    text-align: left;
    vertical-align: top;
    overflow-wrap: anywhere;
  }
  th,
  td.word,
  td .button {
    white-space: nowrap;
  }
  td:has(code) {
    min-width: 128px;
  }
`;
