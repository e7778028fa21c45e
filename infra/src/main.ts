import { fileURLToPath } from 'node:url';
import { Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { acknowledge } from './acknowledged.ts';
import { buildApp } from './app.ts';
import { eu } from './config.ts';

const app = await buildApp(eu, { outdir: fileURLToPath(new URL('../cdk.out', import.meta.url)) });
acknowledge(app);
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
app.synth();
