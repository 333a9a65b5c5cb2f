metadata description = 'Locks the resource group against deletion.'

resource lock 'Microsoft.Authorization/locks@2020-05-01' = {
  name: 'keep'
  properties: {
    level: 'CanNotDelete'
    notes: 'Holds the results of searches. Remove this lock before you delete the group.'
  }
}
