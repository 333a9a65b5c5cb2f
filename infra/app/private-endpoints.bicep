metadata description = 'Private endpoints of storage, Azure OpenAI and the scheduler with their DNS zones.'

@description('Beginning of the names.')
param prefix string

@description('Network in which the names are resolved.')
param virtualNetworkId string

@description('Subnet of the endpoints.')
param subnetId string

@description('Storage account.')
param storageId string

@description('Azure OpenAI account; empty for none.')
param openAiId string

@description('Scheduler; empty for none.')
param schedulerId string

@description('Region.')
param location string

@description('Tags.')
param tags object

var storageEndpoints = map(['blob', 'queue', 'table'], service => {
  name: service
  target: storageId
  zone: 'privatelink.${service}.${environment().suffixes.storage}'
})
var openAiEndpoints = empty(openAiId)
  ? []
  : [{ name: 'account', target: openAiId, zone: 'privatelink.openai.azure.com' }]
var schedulerEndpoints = empty(schedulerId)
  ? []
  : [{ name: 'scheduler', target: schedulerId, zone: 'privatelink.durabletask.io' }]
var endpoints = concat(storageEndpoints, openAiEndpoints, schedulerEndpoints)

resource zones 'Microsoft.Network/privateDnsZones@2024-06-01' = [
  for endpoint in endpoints: {
    name: endpoint.zone
    location: 'global'
    tags: tags
  }
]

resource links 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01' = [
  for (endpoint, i) in endpoints: {
    parent: zones[i]
    name: 'app'
    location: 'global'
    tags: tags
    properties: { registrationEnabled: false, virtualNetwork: { id: virtualNetworkId } }
  }
]

resource privateEndpoints 'Microsoft.Network/privateEndpoints@2024-07-01' = [
  for endpoint in endpoints: {
    name: '${prefix}-${endpoint.name}'
    location: location
    tags: tags
    properties: {
      subnet: { id: subnetId }
      privateLinkServiceConnections: [
        {
          name: endpoint.name
          properties: { privateLinkServiceId: endpoint.target, groupIds: [endpoint.name] }
        }
      ]
    }
  }
]

resource zoneGroups 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2024-07-01' = [
  for (endpoint, i) in endpoints: {
    parent: privateEndpoints[i]
    name: 'default'
    properties: {
      privateDnsZoneConfigs: [{ name: endpoint.name, properties: { privateDnsZoneId: zones[i].id } }]
    }
    dependsOn: [links[i]]
  }
]
