import { css } from 'lit';

/** What all views share, inside of their shadow roots. */
export const pageStyles = css`
  :host {
    display: block;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  h1,
  h2 {
    margin: 0;
    line-height: 1.3;
    overflow-wrap: anywhere;
  }
  h1 {
    font-size: 24px;
    font-weight: 650;
  }
  h2 {
    font-size: 18px;
    font-weight: 600;
  }
  h1:focus {
    outline: none;
  }
  p {
    margin: 0;
    overflow-wrap: anywhere;
  }
  a {
    color: var(--primary);
  }
  a:focus-visible,
  button:focus-visible,
  summary:focus-visible {
    outline: 3px solid var(--primary);
    outline-offset: 2px;
  }
  .icon {
    flex: none;
    vertical-align: -4px;
  }
  .quiet {
    color: var(--muted);
    font-size: 14px;
  }
  .state {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    font-size: 14px;
    white-space: nowrap;
    color: var(--muted);
  }
  .state .icon {
    width: 16px;
    height: 16px;
  }
  .ok {
    color: var(--ok);
  }
  .warn {
    color: var(--warn);
  }
  .error {
    color: var(--error);
  }
  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 8px;
    min-height: var(--target);
    padding: 0 16px;
    border: 1px solid var(--line);
    border-radius: var(--radius-small);
    background: var(--card);
    color: var(--text);
    font: inherit;
    cursor: pointer;
    text-decoration: none;
  }
  .button.first {
    border-color: var(--primary);
    background: var(--primary);
    color: var(--on-primary);
  }
  .banner {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 12px;
    margin-bottom: 16px;
    padding: 12px 16px;
    border: 1px solid var(--warn);
    border-radius: var(--radius-small);
    background: var(--card);
  }
  .banner p {
    flex: 1 1 240px;
  }
  .banner > .icon {
    color: var(--warn);
  }
  code,
  pre {
    font: 14px/1.5 ui-monospace, "SF Mono", Consolas, "Liberation Mono", monospace;
  }
  pre {
    margin: 0;
    padding: 12px;
    border: 1px solid var(--line);
    border-radius: var(--radius-small);
    overflow-x: auto;
    background: var(--bg);
    color: var(--text);
  }
`;
