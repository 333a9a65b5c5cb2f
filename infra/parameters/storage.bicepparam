using '../main.bicep'

// For 'az deployment sub create' without azd.
param durableBackend = 'storage'
param environmentName = readEnvironmentVariable('AZURE_ENV_NAME', 'pelnas')
param location = readEnvironmentVariable('AZURE_LOCATION', 'westeurope')
param principalId = readEnvironmentVariable('AZURE_PRINCIPAL_ID', '')
param budgetStart = readEnvironmentVariable('BUDGET_START')
