{{ crm_warehouse.accepted('crm', 'leads') }}
