metadata description = 'Virtual network: a subnet for the app and one for the private endpoints.'

@description('Name of the network.')
param name string

@description('Address space, /23 or larger.')
param addressSpace string

@description('Region.')
param location string

@description('Tags.')
param tags object

resource network 'Microsoft.Network/virtualNetworks@2024-07-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    addressSpace: { addressPrefixes: [addressSpace] }
  }

  resource app 'subnets' = {
    name: 'app'
    properties: {
      addressPrefix: cidrSubnet(addressSpace, 24, 0)
      delegations: [{ name: 'app', properties: { serviceName: 'Microsoft.App/environments' } }]
    }
  }

  resource endpoints 'subnets' = {
    name: 'endpoints'
    properties: {
      addressPrefix: cidrSubnet(addressSpace, 24, 1)
      privateEndpointNetworkPolicies: 'Disabled'
    }
    // Two subnets of a network cannot be written at the same time.
    dependsOn: [app]
  }
}

output id string = network.id
output appSubnetId string = network::app.id
output endpointsSubnetId string = network::endpoints.id
