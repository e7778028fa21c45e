import { fileURLToPath } from 'node:url';
import { Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { buildApp } from './app.ts';
import { eu } from './config.ts';

const app = await buildApp(eu, { outdir: fileURLToPath(new URL('../cdk.out', import.meta.url)) });
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
app.synth();
