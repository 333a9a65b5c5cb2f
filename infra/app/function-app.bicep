metadata description = 'The Functions app on Flex Consumption.'

@description('Name of the app.')
param name string

@description('Name of the plan.')
param planName string

@description('Identity of the app: resource id.')
param identityId string

@description('Identity of the app: client id.')
param identityClientId string

@description('Blob endpoint of the storage account.')
param blobEndpoint string

@description('Queue endpoint of the storage account.')
param queueEndpoint string

@description('Table endpoint of the storage account.')
param tableEndpoint string

@description('Container of the deployment package.')
param deploymentContainer string

@description('Application Insights.')
param applicationInsightsName string

@description('Endpoint of the scheduler; empty when orchestrations are kept in storage.')
param schedulerEndpoint string

@description('Endpoint of Azure OpenAI; empty for the offline proposer.')
param openAiEndpoint string

@description('Deployment on Azure OpenAI; empty for the offline proposer.')
param openAiDeployment string

@description('Subnet of the app; empty for none.')
param subnetId string

@description('Memory of an instance, MB.')
param instanceMemoryMB int

@description('Most instances.')
param maximumInstanceCount int

@description('Instances kept warm for orchestrations and activities.')
param alwaysReadyDurable int

@description('Whether the plan is spread over availability zones.')
param zoneRedundant bool

@description('When the nightly sweep starts, NCRONTAB.')
param sweepSchedule string

@description('Settings of the app by name without the prefix PelNas__.')
param settings object

@description('Region.')
param location string

@description('Tags.')
param tags object

// What infra itself knows or chooses. docs/configuration.md says what each setting means; the parameter settings overrides these.
var productSettings = {
  PelNas__DataDirectory: '/tmp/pelnas'
  PelNas__Storage__TableServiceUri: tableEndpoint
  PelNas__Storage__ClientId: identityClientId
  PelNas__Chat__Provider: empty(openAiEndpoint) ? 'offline' : 'azure-openai'
  PelNas__Chat__Endpoint: openAiEndpoint
  PelNas__Chat__Model: openAiDeployment
  // A model that reasons promises nothing for a seed and may refuse one. Answers are stored by prompt, so a search repeats without it.
  PelNas__Chat__SendSeed: 'false'
  PelNas__Chat__ReasoningTokens: '16000'
  PelNasSweepSchedule: sweepSchedule
  PelNas__Sweep__Contexts: ''
  PelNas__Sweep__Seeds: '1'
  PelNas__Sweep__MaxLabels: '120'
  PelNas__Sweep__LabelsFrom: 'validation'
  PelNas__Sweep__Generations: '10'
  PelNas__Sweep__Window: '2'
  PelNas__Watchdog__StuckAfter: '00:30:00'
  PelNas__History__RetentionDays: '30'
  PelNas__Results__RetentionDays: '0'
}

// The host and the client libraries sign in as the app's identity: a service's address and a client id, never a connection string with a key.
var platformSettings = {
  AZURE_CLIENT_ID: identityClientId
  AzureWebJobsStorage__credential: 'managedidentity'
  AzureWebJobsStorage__clientId: identityClientId
  AzureWebJobsStorage__blobServiceUri: blobEndpoint
  AzureWebJobsStorage__queueServiceUri: queueEndpoint
  AzureWebJobsStorage__tableServiceUri: tableEndpoint
  APPLICATIONINSIGHTS_CONNECTION_STRING: applicationInsights.properties.ConnectionString
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identityClientId};Authorization=AAD'
}
var schedulerSettings = empty(schedulerEndpoint)
  ? {}
  : {
      DURABLE_TASK_SCHEDULER_CONNECTION_STRING: 'Endpoint=${schedulerEndpoint};Authentication=ManagedIdentity;ClientID=${identityClientId}'
    }
var givenSettings = reduce(
  items(settings),
  {},
  (all, setting) => union(all, { 'PelNas__${setting.key}': setting.value })
)

resource applicationInsights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: applicationInsightsName
}

resource plan 'Microsoft.Web/serverfarms@2025-03-01' = {
  name: planName
  location: location
  tags: tags
  kind: 'functionapp'
  sku: { name: 'FC1', tier: 'FlexConsumption' }
  properties: { reserved: true, zoneRedundant: zoneRedundant }
}

resource app 'Microsoft.Web/sites@2025-03-01' = {
  name: name
  location: location
  tags: tags
  kind: 'functionapp,linux'
  identity: { type: 'UserAssigned', userAssignedIdentities: { '${identityId}': {} } }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    keyVaultReferenceIdentity: identityId
    virtualNetworkSubnetId: empty(subnetId) ? null : subnetId
    siteConfig: {
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
      ftpsState: 'Disabled'
      http20Enabled: true
      remoteDebuggingEnabled: false
    }
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: '${blobEndpoint}${deploymentContainer}'
          authentication: { type: 'UserAssignedIdentity', userAssignedIdentityResourceId: identityId }
        }
      }
      runtime: { name: 'dotnet-isolated', version: '10.0' }
      scaleAndConcurrency: {
        instanceMemoryMB: instanceMemoryMB
        maximumInstanceCount: maximumInstanceCount
        alwaysReady: alwaysReadyDurable > 0 ? [{ name: 'durable', instanceCount: alwaysReadyDurable }] : []
      }
    }
  }

  resource appSettings 'config' = {
    name: 'appsettings'
    properties: union(platformSettings, schedulerSettings, productSettings, givenSettings)
  }

  // No user name and password opens the app's deployment endpoints.
  resource scmPublishing 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: { allow: false }
  }

  resource ftpPublishing 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: { allow: false }
  }
}

output name string = app.name
output url string = 'https://${app.properties.defaultHostName}'
