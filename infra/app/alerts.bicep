metadata description = 'Log alerts and who is told. Each has a runbook in docs/runbooks under its name.'

@description('Log Analytics workspace that holds the telemetry.')
param workspaceId string

@description('Name of the action group.')
param actionGroupName string

@description('Who is told; empty for nobody, then alerts show in the portal only.')
param emails string[]

@description('LLM spend in US dollars within a day that raises an alert.')
param dailyLlmUsd int

@description('Region.')
param location string

@description('Tags.')
param tags object

// measure: column that is compared with the threshold. window: how far back the query looks; evaluation: how often.
var rules = [
  {
    name: 'failed-sweep'
    description: 'A sweep ended with failed searches, or could not plan or compare them.'
    query: loadTextContent('../monitor/alerts/failed-sweep.kql')
    measure: 'Failures'
    threshold: 0
    severity: 2
    window: 'PT1H'
    evaluation: 'PT15M'
  }
  {
    name: 'stuck-search'
    description: 'A running search has made no progress for longer than PelNas__Watchdog__StuckAfter, or the app has not reported at all.'
    query: loadTextContent('../monitor/alerts/stuck-search.kql')
    measure: 'Stuck'
    threshold: 0
    severity: 2
    window: 'PT30M'
    evaluation: 'PT10M'
  }
  {
    name: 'llm-spend'
    description: 'The LLM cost more within a day than the limit allows.'
    query: loadTextContent('../monitor/alerts/llm-spend.kql')
    measure: 'Usd'
    threshold: dailyLlmUsd
    severity: 1
    window: 'P1D'
    evaluation: 'PT1H'
  }
  {
    name: 'llm-throttled'
    description: 'More than a fifth of the calls to the LLM were answered with 429.'
    query: loadTextContent('../monitor/alerts/llm-throttled.kql')
    measure: 'PercentThrottled'
    threshold: 20
    severity: 3
    window: 'PT30M'
    evaluation: 'PT15M'
  }
  {
    name: 'telemetry-cap'
    description: 'The telemetry of the day has reached its cap. Until it is counted anew nothing arrives, and no other alert can be believed.'
    query: loadTextContent('../monitor/alerts/telemetry-cap.kql')
    measure: 'Stops'
    threshold: 0
    severity: 1
    window: 'P1D'
    evaluation: 'PT1H'
  }
]

resource actionGroup 'Microsoft.Insights/actionGroups@2023-01-01' = if (!empty(emails)) {
  name: actionGroupName
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'pel-nas'
    emailReceivers: [for (email, i) in emails: { name: 'mail${i}', emailAddress: email, useCommonAlertSchema: true }]
  }
}

resource alerts 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for rule in rules: {
    name: 'pel-nas-${rule.name}'
    location: location
    tags: tags
    kind: 'LogAlert'
    properties: {
      displayName: 'PEL-NAS: ${rule.name}'
      description: rule.description
      enabled: true
      severity: rule.severity
      scopes: [workspaceId]
      evaluationFrequency: rule.evaluation
      windowSize: rule.window
      autoMitigate: true
      // The tables exist only after the app has sent its first telemetry.
      skipQueryValidation: true
      criteria: {
        allOf: [
          {
            query: rule.query
            metricMeasureColumn: rule.measure
            timeAggregation: 'Maximum'
            operator: 'GreaterThan'
            threshold: rule.threshold
            failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
          }
        ]
      }
      actions: { actionGroups: empty(emails) ? [] : [actionGroup.id] }
    }
  }
]
