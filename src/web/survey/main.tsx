import { createRoot } from 'react-dom/client';
import './survey.css';
import { SurveyApp } from './survey-app.tsx';

const root = document.getElementById('root');
if (root === null) throw new Error('survey.html has no #root');
/** The link is `/s/<token>`. */
const token = decodeURIComponent(location.pathname.split('/').at(-1) ?? '');
createRoot(root).render(<SurveyApp token={token} />);
