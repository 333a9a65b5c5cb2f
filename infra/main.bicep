metadata name = 'PEL-NAS'
metadata description = 'The Functions app and all it needs, in one resource group. No resource here accepts a key or a shared access signature.'

targetScope = 'subscription'

@description('Name of the environment; part of every name.')
@minLength(1)
@maxLength(32)
param environmentName string

@description('Region. It must offer Flex Consumption, and the scheduler when that is the backend.')
param location string

@description('What keeps the orchestrations: the storage account, or Durable Task Scheduler, which is untried. Publish the app with the same value of DurableBackend.')
@allowed(['storage', 'scheduler'])
param durableBackend string = 'storage'

@description('Plan of the scheduler.')
@allowed(['Consumption', 'Dedicated'])
param schedulerSku string = 'Consumption'

@description('Object id of the person who deploys, to give the same data roles; empty for none.')
param principalId string = ''

@description('What principalId is.')
@allowed(['User', 'Group', 'ServicePrincipal'])
param principalType string = 'User'

@description('Memory of an instance, MB. A package with LibTorch wants 4096.')
@allowed([2048, 4096])
param instanceMemoryMB int = 2048

@description('Most instances.')
@minValue(1)
@maxValue(1000)
param maximumInstanceCount int = 20

@description('Instances kept warm for orchestrations and activities; each costs while idle.')
@minValue(0)
param alwaysReadyDurable int = 0

@description('Whether the resources are spread over availability zones.')
param zoneRedundant bool = false

@description('When the nightly sweep starts: NCRONTAB with six fields, UTC. It sweeps Sweep__Contexts of settings.')
param sweepSchedule string = '0 0 2 * * *'

@description('Settings of the app by name without the prefix PelNas__, such as Sweep__Contexts. docs/configuration.md lists them.')
param settings object = {}

@description('Whether an Azure OpenAI account is made. Without one the app proposes by its offline rules.')
param deployOpenAi bool = true

@description('Region of the Azure OpenAI account; empty for that of the rest.')
param openAiLocation string = ''

// Retires on 18 March 2027, and from its deprecation on a subscription that never had it is refused: name another one before.
@description('The deployed model. Its name must be in the price table of the app, or the prices in settings.')
param openAiModel string = 'gpt-5.4-mini'

@description('Version of the model; it is not upgraded by itself.')
param openAiModelVersion string = '2026-03-17'

@description('Kind of deployment.')
@allowed(['GlobalStandard', 'DataZoneStandard', 'Standard'])
param openAiDeploymentSku string = 'GlobalStandard'

@description('Thousands of tokens a minute of the deployment.')
@minValue(1)
param openAiCapacity int = 100

@description('Whether storage, Azure OpenAI and the scheduler are reached through private endpoints only.')
param privateNetwork bool = false

@description('Whether the scheduler answers public networks too, with privateNetwork: to open its dashboard from outside of the network.')
param schedulerPublicAccess bool = false

@description('Address space of the virtual network.')
param networkAddressSpace string = '10.20.0.0/16'

@description('Who is told of alerts and of the budget: addresses with commas between them; empty for the portal, and the owners for the budget.')
param alertEmails string = ''

@description('Budget of the resource group a month, in the currency of the subscription. It warns; it stops nothing.')
@minValue(1)
param monthlyBudget int = 100

// No default of this month: a budget keeps the start that it was made with, and another one is refused from the second month on.
@description('First day of the month in which the budget was made, yyyy-MM-01. Keep it.')
@minLength(10)
@maxLength(10)
param budgetStart string

@description('LLM spend in US dollars within a day that raises an alert.')
@minValue(1)
param dailyLlmUsd int = 10

@description('Days that telemetry is kept.')
@minValue(30)
@maxValue(730)
param telemetryRetentionDays int = 30

@description('Most telemetry a day, GB; ingestion stops there until the next day.')
@minValue(1)
param telemetryDailyCapGb int = 1

@description('Whether the resource group is locked against deletion.')
param lockResources bool = false

@description('Tags of all resources.')
param tags object = {}

var abbreviations = loadJsonContent('abbreviations.json')
var token = toLower(uniqueString(subscription().id, environmentName, location))
var allTags = union(tags, { 'azd-env-name': environmentName })
var names = {
  identity: '${abbreviations.managedIdentity}${token}'
  storage: '${abbreviations.storageAccount}${token}'
  logAnalytics: '${abbreviations.logAnalytics}${token}'
  applicationInsights: '${abbreviations.applicationInsights}${token}'
  actionGroup: '${abbreviations.actionGroup}${token}'
  openAi: '${abbreviations.cognitiveServices}${token}'
  scheduler: '${abbreviations.scheduler}${token}'
  functionApp: '${abbreviations.functionApp}${token}'
  plan: '${abbreviations.plan}${token}'
  virtualNetwork: '${abbreviations.virtualNetwork}${token}'
  budget: '${abbreviations.budget}${token}'
}
var emails = empty(alertEmails) ? [] : map(split(alertEmails, ','), email => trim(email))
var useScheduler = durableBackend == 'scheduler'

resource group 'Microsoft.Resources/resourceGroups@2025-04-01' = {
  name: '${abbreviations.resourceGroup}${environmentName}'
  location: location
  tags: allTags
}

module identity 'app/identity.bicep' = {
  scope: group
  params: { name: names.identity, location: location, tags: allTags }
}

module monitoring 'app/monitoring.bicep' = {
  scope: group
  params: {
    logAnalyticsName: names.logAnalytics
    applicationInsightsName: names.applicationInsights
    retentionDays: telemetryRetentionDays
    dailyCapGb: telemetryDailyCapGb
    location: location
    tags: allTags
  }
}

module network 'app/network.bicep' = if (privateNetwork) {
  scope: group
  params: { name: names.virtualNetwork, addressSpace: networkAddressSpace, location: location, tags: allTags }
}

module storage 'app/storage.bicep' = {
  scope: group
  params: {
    name: names.storage
    isPrivate: privateNetwork
    zoneRedundant: zoneRedundant
    location: location
    tags: allTags
  }
}

module openAi 'app/openai.bicep' = if (deployOpenAi) {
  scope: group
  params: {
    name: names.openAi
    modelName: openAiModel
    modelVersion: openAiModelVersion
    deploymentSku: openAiDeploymentSku
    capacity: openAiCapacity
    isPrivate: privateNetwork
    location: empty(openAiLocation) ? location : openAiLocation
    tags: allTags
  }
}

module durable 'app/durable.bicep' = if (useScheduler) {
  scope: group
  params: {
    name: names.scheduler
    sku: schedulerSku
    isPrivate: privateNetwork && !schedulerPublicAccess
    location: location
    tags: allTags
  }
}

module privateEndpoints 'app/private-endpoints.bicep' = if (privateNetwork) {
  scope: group
  params: {
    prefix: '${abbreviations.privateEndpoint}${token}'
    virtualNetworkId: network!.outputs.id
    subnetId: network!.outputs.endpointsSubnetId
    storageId: storage.outputs.id
    openAiId: deployOpenAi ? openAi!.outputs.id : ''
    schedulerId: useScheduler ? durable!.outputs.id : ''
    location: location
    tags: allTags
  }
}

module appRoles 'app/roles.bicep' = {
  scope: group
  params: {
    principalId: identity.outputs.principalId
    principalType: 'ServicePrincipal'
    isApp: true
    durableBackend: durableBackend
    storageName: storage.outputs.name
    applicationInsightsName: monitoring.outputs.applicationInsightsName
    openAiName: deployOpenAi ? openAi!.outputs.name : ''
    schedulerName: useScheduler ? durable!.outputs.name : ''
  }
}

// A service principal that deploys needs no data of the app; a person who develops does.
module developerRoles 'app/roles.bicep' = if (!empty(principalId) && principalType != 'ServicePrincipal') {
  scope: group
  params: {
    principalId: principalId
    principalType: principalType
    isApp: false
    durableBackend: durableBackend
    storageName: storage.outputs.name
    applicationInsightsName: monitoring.outputs.applicationInsightsName
    openAiName: deployOpenAi ? openAi!.outputs.name : ''
    schedulerName: useScheduler ? durable!.outputs.name : ''
  }
}

module functionApp 'app/function-app.bicep' = {
  scope: group
  params: {
    name: names.functionApp
    planName: names.plan
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    blobEndpoint: storage.outputs.blobEndpoint
    queueEndpoint: storage.outputs.queueEndpoint
    tableEndpoint: storage.outputs.tableEndpoint
    deploymentContainer: storage.outputs.deploymentContainer
    applicationInsightsName: monitoring.outputs.applicationInsightsName
    schedulerEndpoint: useScheduler ? durable!.outputs.endpoint : ''
    openAiEndpoint: deployOpenAi ? openAi!.outputs.endpoint : ''
    openAiDeployment: deployOpenAi ? openAi!.outputs.deployment : ''
    subnetId: privateNetwork ? network!.outputs.appSubnetId : ''
    instanceMemoryMB: instanceMemoryMB
    maximumInstanceCount: maximumInstanceCount
    alwaysReadyDurable: alwaysReadyDurable
    zoneRedundant: zoneRedundant
    sweepSchedule: sweepSchedule
    settings: settings
    location: location
    tags: union(allTags, { 'azd-service-name': 'api' })
  }
  dependsOn: [appRoles, privateEndpoints]
}

module workbook 'app/workbook.bicep' = {
  scope: group
  params: { workspaceId: monitoring.outputs.logAnalyticsId, location: location, tags: allTags }
}

module alerts 'app/alerts.bicep' = {
  scope: group
  params: {
    workspaceId: monitoring.outputs.logAnalyticsId
    actionGroupName: names.actionGroup
    emails: emails
    dailyLlmUsd: dailyLlmUsd
    location: location
    tags: allTags
  }
}

module budget 'app/budget.bicep' = {
  scope: group
  params: { name: names.budget, amount: monthlyBudget, start: budgetStart, emails: emails }
}

module lock 'app/lock.bicep' = if (lockResources) {
  scope: group
  dependsOn: [functionApp, workbook, alerts]
}

// azd keeps it, and makes no package for another backend than that of the resources.
output DURABLE_BACKEND string = durableBackend
output AZURE_LOCATION string = location
output AZURE_RESOURCE_GROUP string = group.name
output FUNCTION_APP_NAME string = functionApp.outputs.name
output FUNCTION_APP_URL string = functionApp.outputs.url
output STORAGE_ACCOUNT_NAME string = storage.outputs.name
