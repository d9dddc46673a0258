{{ crm_warehouse.accepted('crm', 'members') }}
