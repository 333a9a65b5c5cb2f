metadata description = 'The workbook that shows searches, cost, hypervolume, LLM calls and steps.'

@description('Log Analytics workspace that holds the telemetry.')
param workspaceId string

@description('Region.')
param location string

@description('Tags.')
param tags object

// One tile each, in this order; width in per cent of the page.
var tiles = [
  {
    name: 'Searches by state'
    query: loadTextContent('../monitor/workbook/states.kql')
    visualization: 'piechart'
    width: 33
  }
  {
    name: 'Searches that run, and that are stuck'
    query: loadTextContent('../monitor/workbook/running.kql')
    visualization: 'timechart'
    width: 67
  }
  {
    name: 'Runs: time and cost'
    query: loadTextContent('../monitor/workbook/runs.kql')
    visualization: 'table'
    width: 100
  }
  {
    name: 'Hypervolume by sweep'
    query: loadTextContent('../monitor/workbook/sweeps.kql')
    visualization: 'linechart'
    width: 100
  }
  {
    name: 'LLM: calls, 429s, failures'
    query: loadTextContent('../monitor/workbook/llm-calls.kql')
    visualization: 'timechart'
    width: 50
  }
  {
    name: 'LLM: tokens'
    query: loadTextContent('../monitor/workbook/llm-tokens.kql')
    visualization: 'timechart'
    width: 50
  }
  {
    name: 'LLM: US dollars'
    query: loadTextContent('../monitor/workbook/llm-cost.kql')
    visualization: 'timechart'
    width: 50
  }
  {
    name: 'Partitions: duration of steps'
    query: loadTextContent('../monitor/workbook/partitions.kql')
    visualization: 'table'
    width: 50
  }
  { name: 'Stuck searches', query: loadTextContent('../monitor/workbook/stuck.kql'), visualization: 'table', width: 50 }
  {
    name: 'Failed steps'
    query: loadTextContent('../monitor/workbook/failures.kql')
    visualization: 'table'
    width: 50
  }
]

var timeRange = {
  type: 9
  name: 'time range'
  content: {
    version: 'KqlParameterItem/1.0'
    style: 'pills'
    queryType: 0
    resourceType: 'microsoft.operationalinsights/workspaces'
    parameters: [
      {
        id: guid('time-range')
        version: 'KqlParameterItem/1.0'
        name: 'TimeRange'
        label: 'Time range'
        type: 4
        isRequired: true
        value: { durationMs: 86400000 }
        typeSettings: {
          allowCustom: true
          selectableValues: [
            { durationMs: 3600000 }
            { durationMs: 86400000 }
            { durationMs: 604800000 }
            { durationMs: 2592000000 }
          ]
        }
      }
    ]
  }
}

resource workbook 'Microsoft.Insights/workbooks@2023-06-01' = {
  name: guid(resourceGroup().id, 'searches')
  location: location
  tags: tags
  kind: 'shared'
  properties: {
    category: 'workbook'
    displayName: 'PEL-NAS searches'
    sourceId: workspaceId
    serializedData: string({
      version: 'Notebook/1.0'
      fallbackResourceIds: [workspaceId]
      items: concat(
        [timeRange],
        map(tiles, tile => {
          type: 3
          name: tile.name
          customWidth: string(tile.width)
          content: {
            version: 'KqlItem/1.0'
            title: tile.name
            query: tile.query
            size: 0
            queryType: 0
            resourceType: 'microsoft.operationalinsights/workspaces'
            timeContextFromParameter: 'TimeRange'
            visualization: tile.visualization
          }
        })
      )
    })
  }
}
