metadata description = 'Durable Task Scheduler and the task hub of the app. Data roles only; the service has no keys.'

@description('Name of the scheduler.')
param name string

@description('Plan.')
@allowed(['Consumption', 'Dedicated'])
param sku string

@description('Whether the scheduler is closed to public networks.')
param isPrivate bool

@description('Region.')
param location string

@description('Tags.')
param tags object

resource scheduler 'Microsoft.DurableTask/schedulers@2026-02-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    sku: sku == 'Dedicated' ? { name: sku, capacity: 1 } : { name: sku }
    // An empty list refuses everybody, and an app on Flex Consumption has no fixed address. Every call still needs a token and a role.
    ipAllowlist: ['0.0.0.0/0']
    publicNetworkAccess: isPrivate ? 'Disabled' : 'Enabled'
  }
}

// The name is that of extensions.durableTask.hubName in host.json.
resource taskHub 'Microsoft.DurableTask/schedulers/taskHubs@2026-02-01' = {
  parent: scheduler
  name: 'PelNas'
}

output id string = scheduler.id
output name string = scheduler.name
output endpoint string = scheduler.properties.endpoint
output taskHub string = taskHub.name
