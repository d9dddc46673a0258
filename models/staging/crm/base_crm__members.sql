{{ crm_warehouse.judged('crm', 'members') }}
