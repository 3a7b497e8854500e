import { css } from 'lit';

/** The cards and tables of a camera's page. */
export const sheetStyles = css`
  .sheet {
    display: block;
    padding: 16px;
    border-radius: var(--radius);
    background: var(--card);
    box-shadow: var(--shadow);
  }
  h2 {
    margin-bottom: 12px;
  }
  dl + p,
  ul + p,
  p + .button {
    margin-top: 12px;
  }
  .silence {
    display: flex;
    align-items: center;
    gap: 8px;
    padding: 12px 16px;
    font-size: 14px;
  }
  dl {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(128px, 1fr));
    gap: 12px 16px;
    margin: 0;
  }
  dt {
    color: var(--muted);
    font-size: 14px;
  }
  dd {
    margin: 0;
    font-size: 18px;
    font-variant-numeric: tabular-nums;
    overflow-wrap: anywhere;
  }
  dd small {
    font-size: 14px;
  }
  .plain {
    display: grid;
    gap: 8px;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .row {
    display: flex;
    align-items: flex-start;
    gap: 8px;
  }
  .row .icon {
    margin-top: 2px;
  }
`;
