import { FolderOpen } from 'lucide-react';
import { useState } from 'react';
import { api } from '../../api/client.ts';
import { Button } from '../../components/button.tsx';
import path from '../../components/path-field.module.css';
import { TextField } from '../../components/text-field.tsx';
import { useAppStatus } from '../frame/use-status.ts';

export interface FolderFieldProps {
  readonly value: string;
  readonly onChange: (folder: string) => void;
  readonly error?: string | null;
  readonly help?: string;
}

/** A folder, typed as a path, or chosen with the desktop's own dialog where the host has one. */
export function FolderField({ value, onChange, ...rest }: FolderFieldProps) {
  const app = useAppStatus();
  const [isChoosing, setChoosing] = useState(false);
  const choose = async () => {
    setChoosing(true);
    const answer = await api.call('files.chooseFolder', { title: 'Choose a folder' });
    setChoosing(false);
    if (answer.ok && answer.value.outcome === 'chosen') onChange(answer.value.file);
  };
  return (
    <div className={path.path}>
      <TextField
        label="Folder"
        mono
        value={value}
        onChange={onChange}
        placeholder="/home/you/code"
        autoFocus
        {...rest}
      />
      {app.state === 'ready' && app.value.host === 'electron' && (
        <div className={path.choose}>
          <Button icon={FolderOpen} isPending={isChoosing} onPress={choose}>
            Choose…
          </Button>
        </div>
      )}
    </div>
  );
}
