import type { DefinitionPreview } from '../../../shared/ipc/connections.contract.ts';
import { EnvironmentBadge } from '../../components/badge.tsx';
import { Callout } from '../../components/callout.tsx';
import { Fact, FactList } from '../../components/fact-list.tsx';
import { Section } from '../../components/section.tsx';
import styles from './definition.module.css';

/** Whether it is an address, and not words about one that depends on an answer. */
const isAddress = (text: string): boolean => /^https?:/.test(text);

/** What a definition would have Keyturn do, for the user to see before it is added. */
export function DefinitionPreviewView({ preview }: { readonly preview: DefinitionPreview }) {
  const { name, description, hosts, calls, fields, replaces } = preview;
  return (
    <div className={styles.preview}>
      <p role="status">
        <strong>{name} can be added.</strong> This is what it would do; nothing was added yet.
      </p>
      {replaces !== null && (
        <Callout tone="attention" title={`Takes the place of your definition “${replaces}”`}>
          Connections made with it keep the address that they were made with, and follow the new one from now
          on.
        </Callout>
      )}
      <FactList>
        <Fact label="Name">{name}</Fact>
        <Fact label="Id">
          <span className="mono">{preview.id}</span>
        </Fact>
        {description !== '' && <Fact label="Description">{description}</Fact>}
        {preview.website !== null && (
          <Fact label="Website">
            <span className="mono">{preview.website}</span>
          </Fact>
        )}
        <Fact label="Environments">
          <span className={styles.badges}>
            {preview.environments.map((environment) => (
              <EnvironmentBadge key={environment} environment={environment} />
            ))}
          </span>
        </Fact>
      </FactList>
      <Section
        level={3}
        title="Hosts it may talk to"
        description="The credential of a connection and its keys go to these and to no other."
      >
        <table className={styles.table} aria-label="Hosts it may talk to">
          <thead>
            <tr>
              <th scope="col">Host</th>
              <th scope="col" className={styles.wide}>
                Address
              </th>
            </tr>
          </thead>
          <tbody>
            {hosts.map((host) => (
              <tr key={host.name}>
                <th scope="row">{host.name}</th>
                <td className={isAddress(host.address) ? 'mono' : ''}>{host.address}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Section>
      <Section level={3} title="Calls it makes">
        {calls.length === 0 ? (
          <p className={styles.quiet}>None: everything is done by hand in the dashboard.</p>
        ) : (
          <table className={styles.table} aria-label="Calls it makes">
            <thead>
              <tr>
                <th scope="col">What for</th>
                <th scope="col" className={styles.method}>
                  Method
                </th>
                <th scope="col" className={styles.address}>
                  Address
                </th>
              </tr>
            </thead>
            <tbody>
              {calls.map(({ purpose, method, address }) => (
                <tr key={`${purpose} ${method} ${address}`}>
                  <th scope="row">{purpose}</th>
                  <td className="mono">{method}</td>
                  <td className="mono">{address}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Section>
      <Section level={3} title="What a key of it holds">
        <table className={styles.table} aria-label="What a key of it holds">
          <thead>
            <tr>
              <th scope="col">Field</th>
              <th scope="col">Variable</th>
              <th scope="col">Kind</th>
            </tr>
          </thead>
          <tbody>
            {fields.map(({ label, variable, secret }) => (
              <tr key={variable}>
                <th scope="row">{label}</th>
                <td className="mono">{variable}</td>
                <td>{secret ? 'Secret' : 'Not secret'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Section>
    </div>
  );
}
