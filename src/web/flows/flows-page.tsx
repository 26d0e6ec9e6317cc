import { useParams } from 'react-router';
import { FlowList } from './flow-list.tsx';
import { FlowPage } from './flow-page.tsx';

/** `/flows`: all flows; `/flows/main-menu`: the workshop of one. */
export function FlowsPage() {
  const { '*': flow = '' } = useParams();
  return flow === '' ? <FlowList /> : <FlowPage key={flow} flow={flow} />;
}
