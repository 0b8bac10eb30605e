import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import styles from './code.module.css';
import { IconButton } from './icon-button.tsx';

/** A few lines of code to take along. Never holds a secret: it goes to the clipboard as any text does. */
export function Code({ text, label }: { readonly text: string; readonly label: string }) {
  const [wasCopied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    setTimeout(() => setCopied(false), 2_000);
  };
  return (
    <div className={styles.code}>
      <section aria-label={label}>
        <pre className={styles.text}>{text}</pre>
      </section>
      <div className={styles.copy}>
        <IconButton
          size="small"
          label={wasCopied ? 'Copied' : `Copy ${label}`}
          icon={wasCopied ? Check : Copy}
          onPress={copy}
        />
      </div>
    </div>
  );
}
