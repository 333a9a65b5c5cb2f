metadata description = 'Data roles of one principal, each on the one resource it is for. None can manage a resource or read a key.'

@description('Object id.')
param principalId string

@description('What it is.')
@allowed(['User', 'Group', 'ServicePrincipal'])
param principalType string

@description('Whether it is the app, whose host also owns its blobs and writes telemetry.')
param isApp bool

@description('What keeps the orchestrations.')
@allowed(['scheduler', 'storage'])
param durableBackend string

@description('Storage account.')
param storageName string

@description('Application Insights.')
param applicationInsightsName string

@description('Azure OpenAI account; empty for none.')
param openAiName string

@description('Scheduler; empty for none.')
param schedulerName string

var roles = {
  blobOwner: 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'
  queueContributor: '974c5e8b-45b9-4653-ba55-5f855dd0fb88'
  tableContributor: '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'
  metricsPublisher: '3913510d-42f4-4e42-8a64-420c390055eb'
  durableTaskContributor: '0ad04412-c4d5-4796-b79c-f76d14c8d402'
  openAiUser: '5e0bd9bd-7b93-4f28-af87-19fc36ad61bd'
}

// Results are in tables. The Functions host asks for ownership of the blobs that hold its locks and keys. Queues are used by the storage backend only.
var storageRoles = concat(
  isApp ? [roles.blobOwner] : [],
  [roles.tableContributor],
  durableBackend == 'storage' ? [roles.queueContributor] : []
)

resource storage 'Microsoft.Storage/storageAccounts@2025-06-01' existing = {
  name: storageName
}

resource applicationInsights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: applicationInsightsName
}

resource openAi 'Microsoft.CognitiveServices/accounts@2026-05-01' existing = if (!empty(openAiName)) {
  name: openAiName
}

resource scheduler 'Microsoft.DurableTask/schedulers@2026-02-01' existing = if (!empty(schedulerName)) {
  name: schedulerName
}

resource onStorage 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for role in storageRoles: {
    name: guid(storage.id, principalId, role)
    scope: storage
    properties: {
      principalId: principalId
      principalType: principalType
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role)
    }
  }
]

resource onApplicationInsights 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (isApp) {
  name: guid(applicationInsights.id, principalId, roles.metricsPublisher)
  scope: applicationInsights
  properties: {
    principalId: principalId
    principalType: principalType
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.metricsPublisher)
  }
}

resource onOpenAi 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(openAiName)) {
  name: guid(resourceGroup().id, openAiName, principalId, roles.openAiUser)
  scope: openAi
  properties: {
    principalId: principalId
    principalType: principalType
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.openAiUser)
  }
}

resource onScheduler 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(schedulerName)) {
  name: guid(resourceGroup().id, schedulerName, principalId, roles.durableTaskContributor)
  scope: scheduler
  properties: {
    principalId: principalId
    principalType: principalType
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.durableTaskContributor)
  }
}
