metadata description = 'The workbook that shows searches, cost, hypervolume, LLM calls and steps.'

@description('Log Analytics workspace that holds the telemetry.')
param workspaceId string

@description('Region.')
param location string

@description('Tags.')
param tags object

resource workbook 'Microsoft.Insights/workbooks@2023-06-01' = {
  name: guid(resourceGroup().id, 'searches')
  location: location
  tags: tags
  kind: 'shared'
  properties: {
    category: 'workbook'
    displayName: 'PEL-NAS searches'
    serializedData: loadTextContent('../monitor/workbook.json')
    sourceId: workspaceId
  }
}
