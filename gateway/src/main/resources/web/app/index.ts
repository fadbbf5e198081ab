import 'uplot/dist/uPlot.min.css';
import './styles/tokens.css';
import './styles/base.css';
import './styles/components.css';
import './styles/experiment.css';
import './styles/looks.css';
import './app';
