metadata description = 'Azure OpenAI account and one deployment. Keys are switched off.'

@description('Name of the account and its subdomain.')
param name string

@description('Model.')
param modelName string

@description('Version of the model.')
param modelVersion string

@description('Kind of deployment.')
param deploymentSku string

@description('Thousands of tokens a minute.')
param capacity int

@description('Whether the account is closed to public networks.')
param isPrivate bool

@description('Region.')
param location string

@description('Tags.')
param tags object

resource account 'Microsoft.CognitiveServices/accounts@2026-05-01' = {
  name: name
  location: location
  tags: tags
  kind: 'OpenAI'
  sku: { name: 'S0' }
  properties: {
    customSubDomainName: name
    disableLocalAuth: true
    publicNetworkAccess: isPrivate ? 'Disabled' : 'Enabled'
    networkAcls: { defaultAction: isPrivate ? 'Deny' : 'Allow' }
  }
}

resource deployment 'Microsoft.CognitiveServices/accounts/deployments@2026-05-01' = {
  parent: account
  name: modelName
  sku: { name: deploymentSku, capacity: capacity }
  properties: {
    model: { format: 'OpenAI', name: modelName, version: modelVersion }
    versionUpgradeOption: 'NoAutoUpgrade'
  }
}

output id string = account.id
output name string = account.name
output endpoint string = account.properties.endpoint
output deployment string = deployment.name
